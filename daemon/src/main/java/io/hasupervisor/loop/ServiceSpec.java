package io.hasupervisor.loop;

import io.hasupervisor.act.EvidenceSpec;
import io.hasupervisor.assess.Tolerance;
import io.hasupervisor.decide.Policy;
import io.hasupervisor.host.UnitSpec;
import io.hasupervisor.observe.ProbeSpec;
import java.nio.file.Path;
import java.util.List;

/**
 * One supervised service, as configured.
 *
 * @param watchedFiles files whose change ends a delay early: unit file, binary, configuration
 */
public record ServiceSpec(
    String name,
    UnitSpec unit,
    Policy policy,
    List<Check> checks,
    EvidenceSpec evidence,
    List<Path> watchedFiles) {

  /** A probe and how many of its failures are borne. */
  public record Check(ProbeSpec probe, Tolerance tolerance) {}
}
