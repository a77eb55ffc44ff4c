package io.hasupervisor.assess.balancer;

import static io.hasupervisor.assess.Finding.Severity.ADVICE;
import static io.hasupervisor.assess.Finding.Severity.CRITICAL;
import static io.hasupervisor.assess.Finding.Severity.WARNING;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.assess.api.ApiserverState;
import io.hasupervisor.assess.api.ApiserverView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What of the load balancer needs somebody, in sentences. */
record BalancerFindings(String address, List<ApiserverView> apiservers, BalancerHistory known) {
  private static final String HERE = ", as seen from this host";
  private static final String LOST =
      ": kubelets and clients that use it do not reach the cluster, though masters serve";
  private static final String HAIRPIN =
      "; this daemon never came through it yet: one that cannot lead a master back to itself looks"
          + " the same";
  private static final String CHECKS =
      "Its health check must be GET /readyz over TLS of each master's own address, not TCP; for a"
          + " configuration that does so: ha-supervisor balancer render";

  Optional<Finding> of(Verdict verdict) {
    return switch (verdict.state()) {
      case HEALTHY, NO_MASTER_SERVES -> Optional.empty();
      case UNKNOWN -> unknown(verdict);
      case DOWN -> gone("LB_DOWN", "does not accept connections", verdict);
      case UNREACHABLE -> gone("LB_UNREACHABLE", "is not reached", verdict);
      case HUNG -> gone("LB_HUNG", "accepts connections and does not answer", verdict);
      case NO_BACKEND ->
          lost("LB_NO_BACKEND", CRITICAL, "leads to no master", verdict, LOST, CHECKS);
      case FOREIGN ->
          lost(
              "LB_FOREIGN",
              CRITICAL,
              "is answered by what is no apiserver",
              verdict,
              LOST,
              "See what listens there, and whether cluster.load-balancer is right; a load balancer"
                  + " must pass TCP on to the masters.");
      case DEAD_BACKEND -> deadBackend(verdict);
      case UNTRUSTED -> untrusted(verdict);
    };
  }

  private Optional<Finding> unknown(Verdict verdict) {
    return found(
        "LB_NOT_ASKED",
        WARNING,
        "whether the load balancer, " + address + ", works is not known: " + verdict.why(),
        "Set right what this names; where it is a name: getent hosts NAME, /etc/resolv.conf,"
            + " /etc/hosts.");
  }

  /** From a host that never came through it this alone is not critical. */
  private Optional<Finding> gone(String code, String what, Verdict verdict) {
    return lost(
        code,
        known.everServed() ? CRITICAL : WARNING,
        what,
        verdict,
        known.everServed() ? LOST : LOST + HAIRPIN,
        "From another host: curl -k https://"
            + address
            + "/healthz; on the load balancer's own see that it runs and holds the address: ss"
            + " -ltn; ip address");
  }

  private Optional<Finding> deadBackend(Verdict verdict) {
    List<String> blamed = verdict.masters();
    List<String> dead =
        apiservers.stream()
            .filter(it -> !it.state().serves() && it.state() != ApiserverState.UNKNOWN)
            .map(ApiserverView::master)
            .toList();
    String what;
    if (!blamed.isEmpty()) {
      what = "balances to " + named(blamed);
    } else if (!dead.isEmpty()) {
      what = "loses connections, most likely to " + named(dead);
    } else {
      what = "loses connections, though all masters serve by their own addresses";
    }
    return lost(
        "LB_DEAD_BACKEND", WARNING, what, verdict, ": so many of all requests fail", CHECKS);
  }

  private String named(List<String> masters) {
    return String.join(" and ", masters.stream().map(this::named).toList());
  }

  private String named(String master) {
    return apiservers.stream()
        .filter(it -> it.master().equals(master) && !it.state().serves())
        .findFirst()
        .map(it -> master + ", whose apiserver is " + it.state())
        .orElse(master);
  }

  private Optional<Finding> untrusted(Verdict verdict) {
    boolean passed = !verdict.masters().isEmpty();
    return lost(
        "LB_UNTRUSTED",
        verdict.all() ? CRITICAL : WARNING,
        "shows a certificate"
            + (passed ? " of " + String.join(" and ", verdict.masters()) : "")
            + " that clients do not take",
        verdict,
        ": kubelets that come this way refuse it",
        passed
            ? "On that master: ha-supervisor credentials check"
            : "It must pass TCP on to the masters and not end TLS; where it does: ha-supervisor"
                + " credentials check, on each master");
  }

  /** Of several masters that serve, only one is ever reached; empty while that is not known. */
  Optional<Finding> oneMaster(Duration at) {
    List<String> serving =
        apiservers.stream()
            .filter(it -> it.state().serves())
            .map(ApiserverView::master)
            .filter(known.certificates()::tells)
            .toList();
    boolean early =
        known
            .watched()
            .filter(from -> at.minus(from).compareTo(BalancerHistory.LATELY) >= 0)
            .isEmpty();
    if (early || serving.size() < 2 || known.reached().size() != 1) {
      return Optional.empty();
    }
    return found(
        "LB_ONE_MASTER",
        ADVICE,
        "of "
            + serving.size()
            + " masters that serve, "
            + String.join("", known.reached().keySet())
            + " alone was reached through the load balancer, "
            + address
            + ", in 5 minutes"
            + HERE,
        "Where it balances by the client's address this is right; else see which backends it holds"
            + " to be up.");
  }

  private Optional<Finding> lost(
      String code, Severity severity, String what, Verdict verdict, String so, String cure) {
    return found(
        code,
        severity,
        "the load balancer, " + address + ", " + what + " (" + verdict.why() + ")" + HERE + so,
        cure);
  }

  private Optional<Finding> found(String code, Severity severity, String text, String cure) {
    return Optional.of(Finding.of(code, severity, address, text, cure));
  }
}
