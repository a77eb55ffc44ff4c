package io.hasupervisor.assess.manifest;

import static io.hasupervisor.assess.Finding.Severity.CRITICAL;
import static io.hasupervisor.assess.Finding.Severity.WARNING;

import io.hasupervisor.observe.manifest.HostFacts;
import io.hasupervisor.observe.manifest.Pod.Word;
import java.util.Optional;

/** How a container is started and kept running. */
final class ContainerRules {
  private ContainerRules() {}

  static void judge(Program program, Optional<HostFacts> host, Report report) {
    if (program.shell().isPresent() && !program.shell().get().replaced()) {
      report.add(
          "SHELL_WITHOUT_EXEC",
          WARNING,
          program.pod(),
          program.container().words().getFirst().place(),
          "a shell runs the program without exec: the signal to end may stop at the shell, and the"
              + " program is then killed in the middle of its work",
          "write exec before the program's path");
    }
    if (program.component().isPresent()
        && !program.container().init()
        && !program.container().liveness()) {
      report.add(
          "NO_LIVENESS_PROBE",
          WARNING,
          program.pod(),
          program.container().place(),
          program.component().get().program()
              + " has no livenessProbe: when it hangs, nobody"
              + " restarts it",
          "add a livenessProbe, with a path that depends on nothing else");
    }
    host.ifPresent(facts -> image(program, facts, report));
  }

  /** A pull takes its time, during which a member that ran is missing. */
  private static void image(Program program, HostFacts host, Report report) {
    Word image = program.container().image();
    if (host.images().getOrDefault(image.text(), true)) {
      return;
    }
    boolean running = program.is(Component.ETCD) && EtcdBootstrapRules.hasData(program, host);
    report.add(
        "IMAGE_MISSING",
        running ? CRITICAL : WARNING,
        program.pod(),
        image.place(),
        "docker does not have "
            + image.text()
            + (running
                ? ": while it is pulled, this etcd member is down"
                : " yet: the pod starts only when it is pulled"),
        "docker pull " + image.text());
  }
}
