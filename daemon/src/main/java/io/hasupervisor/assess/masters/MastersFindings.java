package io.hasupervisor.assess.masters;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.assess.masters.Difference.Side;
import io.hasupervisor.observe.credential.Fingerprints;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is not as it should be among the masters. */
public final class MastersFindings {
  /** Files are renewed on one master after the other: only what stays different is amiss. */
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private MastersFindings() {}

  /** All of them; nothing in them reveals a secret. */
  public static List<Finding> of(MastersView view) {
    return Stream.concat(
            view.differences().stream()
                .filter(it -> lasts(it, view.at()))
                .flatMap(MastersFindings::different),
            view.masters().stream()
                .filter(MastersFindings::fellSilent)
                .map(MastersFindings::silent))
        .toList();
  }

  /** Whether it has been there for ten minutes. */
  public static boolean lasts(Difference difference, Duration at) {
    return at.minus(difference.since()).compareTo(PATIENCE) >= 0;
  }

  private static Stream<Finding> different(Difference it) {
    return switch (it.kind()) {
      case SECRET -> Stream.of(secret(it));
      case SUPERVISOR ->
          Stream.of(version(it, "ha-supervisor", "Install the same package on all masters."));
      case ETCD ->
          Stream.of(version(it, "etcd", "Bring all members to one version, one after the other."));
      // Each host counts its own revisions.
      case MANIFESTS -> Stream.empty();
    };
  }

  private static Finding version(Difference it, String program, String cure) {
    String sides =
        it.sides().stream()
            .map(side -> side.value() + " on " + String.join(", ", side.masters()))
            .collect(Collectors.joining("; "));
    return Finding.of(
        "VERSIONS_DIFFER",
        Severity.WARNING,
        program,
        "The masters run different versions of " + program + ": " + sides + ".",
        cure);
  }

  private static Finding secret(Difference it) {
    return Finding.of(
        "SECRET_DIFFERS",
        Severity.CRITICAL,
        it.what(),
        it.what()
            + " is not the same on all masters: "
            + it.sides().stream().map(MastersFindings::side).collect(Collectors.joining("; "))
            + ". "
            + consequence(it.what()),
        "Copy "
            + it.what()
            + " from the master that has the right one to the others, with its mode, and restart"
            + " there what uses it; then see: ha-supervisor cluster");
  }

  private static String side(Side side) {
    String names = String.join(", ", side.masters());
    if (side.value().equals(Fingerprints.ABSENT)) {
      return names + (side.masters().size() > 1 ? " have none" : " has none");
    }
    return names + (side.masters().size() > 1 ? " agree" : " has its own");
  }

  private static String consequence(String file) {
    return switch (file) {
      case "server.key", "sa.key" ->
          "Tokens of service accounts that one master signs are refused by another.";
      case "known_tokens.csv", "basic_auth.csv" ->
          "Who is let in depends on the master that the load balancer chose.";
      case "encryption-config" -> "What one apiserver has stored, another cannot read.";
      case "front-proxy-ca.crt" -> "Aggregated APIs refuse some of the apiservers.";
      default -> "Certificates that one master trusts are refused by another.";
    };
  }

  /** Only who has spoken before: a master without our daemon is silent too. */
  private static boolean fellSilent(MasterView master) {
    return master.daemon() == DaemonState.SILENT && master.word().isPresent();
  }

  private static Finding silent(MasterView master) {
    return Finding.of(
        "DAEMON_SILENT",
        Severity.WARNING,
        master.name(),
        "The daemon of "
            + master.name()
            + " has written nothing for more than a minute: nobody may be supervising that host,"
            + " and no repair here counts on its word.",
        "On "
            + master.name()
            + ": systemctl status ha-supervisor; its etcd member must serve, too.");
  }
}
