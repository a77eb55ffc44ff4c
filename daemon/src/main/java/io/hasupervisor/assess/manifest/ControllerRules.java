package io.hasupervisor.assess.manifest;

import static io.hasupervisor.assess.Finding.Severity.ADVICE;
import static io.hasupervisor.assess.Finding.Severity.WARNING;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Scheduler and controller-manager: one of each may act, and all must sign with one key. */
final class ControllerRules {
  private ControllerRules() {}

  static void leaderElection(Program program, Report report) {
    Optional<Flag> flag = program.flag("leader-elect");
    if (flag.isEmpty() || !flag.get().on()) {
      report.add(
          "NO_LEADER_ELECTION",
          WARNING,
          program.pod(),
          program.place("leader-elect"),
          flag.isEmpty()
              ? "has no --leader-elect=true: where that is not the default, every master's acts at"
                  + " once"
              : "--leader-elect is off: every master's acts at once, against the others",
          "add --leader-elect=true, on all masters");
    }
  }

  /** The key must be one for all masters, while a server's key should be each one's own. */
  static void signingKey(Program controllers, List<Program> apiservers, Report report) {
    Set<String> tls =
        apiservers.stream()
            .flatMap(apiserver -> apiserver.value("tls-private-key-file").stream())
            .collect(Collectors.toSet());
    Optional<String> key = controllers.value("service-account-private-key-file");
    if (key.isPresent() && (tls.contains(key.get()) || key.get().endsWith("/server.key"))) {
      boolean deliberate =
          apiservers.stream()
              .anyMatch(apiserver -> apiserver.value("service-account-key-file").equals(key));
      report.add(
          "SIGNED_WITH_SERVER_KEY",
          deliberate ? ADVICE : WARNING,
          controllers.pod(),
          controllers.place("service-account-private-key-file"),
          "service account tokens are signed with "
              + key.get()
              + ", the apiserver's TLS key: it"
              + " must then be the same on all masters, or tokens fail on some of them",
          "use a key of its own, the same on all masters; the certificates may differ");
    }
  }
}
