package io.hasupervisor.loop;

import io.hasupervisor.act.EvidenceSpec;
import io.hasupervisor.assess.Tolerance;
import io.hasupervisor.decide.Policy;
import io.hasupervisor.host.UnitSpec;
import io.hasupervisor.observe.ProbeSpec;
import io.hasupervisor.observe.ProbeTarget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Configurations for the tests of this package. */
final class Plans {
  static final String PROBE = "ping";

  private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);

  private Plans() {}

  static Plan of(Path stateDir, ServiceSpec... services) {
    return new Plan(
        new Plan.Settings(
            "m1",
            false,
            List.of(),
            List.of(),
            stateDir,
            stateDir.resolve("control.sock"),
            "",
            FIVE_SECONDS,
            10,
            1 << 20),
        List.of(services),
        Optional.empty(),
        Optional.empty());
  }

  /** One probe, three failures of which confirm sickness. */
  static ServiceSpec service(String name, String... dependsOn) {
    Tolerance tolerance = new Tolerance(3, 5, 8, 1, Duration.ofMinutes(2), Duration.ofSeconds(30));
    ProbeSpec probe =
        new ProbeSpec(
            PROBE,
            new ProbeTarget.UnixSocket(Path.of("/run/" + name + ".sock")),
            FIVE_SECONDS,
            FIVE_SECONDS);
    return spec(name, List.of(dependsOn), List.of(new ServiceSpec.Check(probe, tolerance)), false);
  }

  /** Its start may end what others need. */
  static ServiceSpec guarded(String name) {
    return spec(name, List.of(), List.of(), true);
  }

  static ServiceSpec withoutProbes(String name) {
    return spec(name, List.of(), List.of(), false);
  }

  private static ServiceSpec spec(
      String name, List<String> dependsOn, List<ServiceSpec.Check> checks, boolean guarded) {
    Policy base = Memories.POLICY;
    Policy policy =
        new Policy(
            dependsOn,
            base.startGrace(),
            base.deadBelievedAfter(),
            false,
            guarded,
            base.configExits(),
            base.crash(),
            base.kill(),
            List.of(),
            base.seed());
    EvidenceSpec evidence =
        new EvidenceSpec(
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0,
            FIVE_SECONDS);
    return new ServiceSpec(
        name, new UnitSpec.Systemd(name + ".service"), policy, checks, evidence, List.of());
  }
}
