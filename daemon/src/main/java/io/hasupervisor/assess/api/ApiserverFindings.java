package io.hasupervisor.assess.api;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import java.util.List;

/** What of an apiserver's state needs somebody: area {@code entry}. */
record ApiserverFindings(ApiserverView view, boolean etcd) {
  private static final String LOGS =
      "docker ps -a --filter name=k8s_kube-apiserver, then docker logs ID";

  /**
   * Nothing where it serves, or where nothing is known.
   *
   * @param etcd whether etcd is the cause
   */
  static List<Finding> of(ApiserverView view, boolean etcd) {
    return new ApiserverFindings(view, etcd).all();
  }

  private List<Finding> all() {
    return switch (view.state()) {
      case UNKNOWN, UP, HEALTHY -> List.of();
      case DOWN ->
          found(
              "does not run",
              "See why it ends"
                  + there()
                  + ": "
                  + LOGS
                  + "; is there no container, then the"
                  + " kubelet: journalctl -u kubelet.");
      case UNREACHABLE ->
          found(
              "cannot be reached from this host",
              view.own()
                  ? "See whether this host has its address: ip address; and apiserver.url in the"
                      + " configuration."
                  : "See whether "
                      + view.master()
                      + " runs and what is between: ping it, and nc"
                      + " -vz its address and port from here.");
      case HUNG ->
          found(
              "accepts connections and does not answer",
              "See what it waits for"
                  + there()
                  + ": "
                  + LOGS
                  + "; if nothing helps: docker kill"
                  + " ID, and the kubelet starts it anew.");
      case UNTRUSTED ->
          found(
              "shows a certificate that clients do not take, or does not take this daemon's",
              "See which one"
                  + there()
                  + ": ha-supervisor credentials check; renew it, then docker kill"
                  + " the container, for it is read at the start alone.");
      case FOREIGN ->
          found(
              "is none: something else answers at its address",
              "See who listens there"
                  + there()
                  + ": ss -ltnp; and that apiserver.url in the"
                  + " configuration is the apiserver's own address, not a proxy's.");
      case ETCD_FAILS ->
          found(
              "runs, and does not work for want of etcd",
              "Mend etcd: ha-supervisor etcd status; there is nothing to be done to the"
                  + " apiserver.");
      case SICK ->
          found("says that it is not well", "See what fails" + there() + ": " + LOGS + ".");
      case NOT_READY ->
          found(
              "lives and is not ready",
              "If it does not become ready, see what it waits for" + there() + ": " + LOGS + ".");
    };
  }

  private String there() {
    return view.own() ? "" : " on " + view.master();
  }

  private List<Finding> found(String what, String cure) {
    String who =
        view.own()
            ? "The apiserver of this host at " + view.url()
            : "The apiserver of " + view.master() + " at " + view.url();
    String behind = view.cause().isEmpty() ? "" : "; " + view.cause();
    return List.of(
        Finding.of(
            "APISERVER_" + view.state().name(),
            severity(),
            view.master(),
            who + " " + what + ": " + view.why() + behind + ".",
            cure
                + " This daemon does nothing about it: the kubelet restarts it where its container"
                + " has ended or its liveness probe fails."));
  }

  /** Of the others their own daemons tell; where etcd is behind it, that is what is told first. */
  private Severity severity() {
    return view.own() && !etcd && view.state() != ApiserverState.NOT_READY
        ? Severity.CRITICAL
        : Severity.WARNING;
  }
}
