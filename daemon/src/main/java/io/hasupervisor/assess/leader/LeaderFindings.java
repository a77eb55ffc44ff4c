package io.hasupervisor.assess.leader;

import static io.hasupervisor.assess.Finding.Severity.ADVICE;
import static io.hasupervisor.assess.Finding.Severity.CRITICAL;
import static io.hasupervisor.assess.Finding.Severity.WARNING;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.cluster.ApiserverSettings;
import io.hasupervisor.observe.leader.LeaderRecord;
import io.hasupervisor.observe.leader.LeaderSeen.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What an operator is to do about one component's election. */
final class LeaderFindings {
  /** A clock that is so far ahead is told of: the limit of etcd's own rule for clocks. */
  private static final Duration CLOCK = Duration.ofSeconds(5);

  private final LeaderView view;
  private final Duration at;
  private final LeaderScene scene;
  private final String component;

  private LeaderFindings(LeaderView view, Duration at, LeaderScene scene) {
    this.view = view;
    this.at = at;
    this.scene = scene;
    component = view.component();
  }

  static List<Finding> of(LeaderView view, Reading reading, Duration at, LeaderScene scene) {
    LeaderFindings findings = new LeaderFindings(view, at, scene);
    List<Finding> all = new ArrayList<>();
    Stream.of(findings.ofState(), findings.denied(reading), findings.clock())
        .flatMap(Optional::stream)
        .forEach(all::add);
    all.addAll(InstanceFindings.of(view, scene));
    return List.copyOf(all);
  }

  private Optional<Finding> ofState() {
    boolean lasts = at.minus(view.since()).compareTo(LeaderRule.STALE) >= 0;
    return switch (view.state()) {
      case UNKNOWN, HELD -> Optional.empty();
      case NONE ->
          lasts
              ? found(
                  "LEADER_NONE",
                  scene.trouble().isPresent() ? WARNING : CRITICAL,
                  "Nobody was ever elected to lead " + component + explained() + consequence(),
                  instances())
              : Optional.empty();
      case MALFORMED ->
          found(
              "LEADER_MALFORMED",
              lasts ? CRITICAL : WARNING,
              "Who leads " + component + " cannot be told: " + view.why() + consequence(),
              "See it with "
                  + kubectl("get lease,endpoints " + component + " -o yaml")
                  + "; whoever leads writes it anew within seconds once it is deleted: "
                  + kubectl("delete lease " + component)
                  + ".");
      case STALE ->
          found(
              "LEADER_STALE",
              scene.trouble().isPresent() ? WARNING : CRITICAL,
              "Nobody leads " + component + ": " + view.why() + explained() + consequence(),
              scene.trouble().isPresent()
                  ? "Cure that first: instances renew by themselves once they can write again."
                  : instances());
      case FLAPPING ->
          found(
              "LEADER_FLAPPING",
              WARNING,
              "The leader of " + component + " changes again and again: " + view.why() + ".",
              "A leader that cannot renew within 10 s gives up: see how long apiserver and etcd"
                  + " take (ha-supervisor status) and the load of the masters (uptime), and read "
                  + logs()
                  + ".");
      case FOREIGN_HOLDER ->
          found(
              "LEADER_FOREIGN",
              WARNING,
              "For "
                  + component
                  + " "
                  + view.why()
                  + ": an instance elsewhere works on this cluster.",
              "Where that host is a master, write its host name into cluster.masters; else stop the"
                  + " "
                  + component
                  + " there.");
    };
  }

  private String explained() {
    return scene.trouble().map(it -> " (" + it + ")").orElse("");
  }

  private String consequence() {
    return component.equals(ApiserverSettings.SCHEDULER)
        ? "; new pods stay Pending."
        : "; lost pods are not replaced, and nodes that are down are not noticed.";
  }

  private String instances() {
    return "On each master see whether it runs and what it says: docker ps -a --filter name=k8s_"
        + component
        + ", then "
        + logs()
        + "; one that runs and hangs is started anew by docker restart with its id.";
  }

  private String logs() {
    return "docker logs --tail 50 $(docker ps -alq --filter name=k8s_" + component + ")";
  }

  private static String kubectl(String words) {
    return "kubectl -n kube-system " + words;
  }

  private Optional<Finding> denied(Reading reading) {
    return reading instanceof Reading.Denied
        ? found(
            "LEADER_DENIED",
            ADVICE,
            "Who leads " + component + " cannot be told: " + view.why() + ".",
            "Let this host read it: "
                + kubectl(
                    "create role ha-supervisor --verb=get --resource=leases.coordination.k8s.io"
                        + " --resource-name=kube-scheduler --resource-name=kube-controller-manager")
                + " and "
                + kubectl("create rolebinding ha-supervisor --role=ha-supervisor --user=NAME")
                + ", NAME being the CN of the certificate that it shows.")
        : Optional.empty();
  }

  private Optional<Finding> clock() {
    Duration ahead = view.record().map(LeaderRecord::ahead).orElse(Duration.ZERO);
    return ahead.compareTo(CLOCK) > 0
        ? found(
            "LEADER_CLOCK",
            ADVICE,
            "The leader of "
                + component
                + view.master().map(it -> " on " + it).orElse("")
                + " writes a time that lies "
                + ahead.toSeconds()
                + " s in the future by this host's clock.",
            "Compare the clocks: timedatectl on both hosts; certificates and tokens fail where they"
                + " differ.")
        : Optional.empty();
  }

  private Optional<Finding> found(String code, Severity severity, String text, String cure) {
    return Optional.of(Finding.of(code, severity, component, text, cure));
  }
}
