package io.hasupervisor.loop;

import io.hasupervisor.decide.manifest.RolloutState;
import io.hasupervisor.decide.manifest.Target;
import io.hasupervisor.observe.etcd.HostReport;
import java.util.Map;
import java.util.Optional;

/**
 * What this host says of itself to the other masters, as it is now. In the loop's thread only.
 *
 * @param version of this program
 */
record OwnWord(String version, Services services, FindingBoard board) {
  /** Of a master's desks; those that it lacks say nothing. */
  Attester.Said of(
      Optional<EntryDesk> entry,
      Optional<RepairDesk> repair,
      Optional<Rollout> rollout,
      Optional<MasterLink> link) {
    return new Attester.Said(
        phase("docker"),
        entry.map(EntryDesk::apiserver).orElse(""),
        repair.map(RepairDesk::attested).orElse("none"),
        report(rollout.map(Rollout::state), link));
  }

  private HostReport report(Optional<RolloutState> placed, Optional<MasterLink> link) {
    return new HostReport(
        version,
        phase("kubelet"),
        placed.flatMap(RolloutState::target).map(Target::revision),
        placed.flatMap(RolloutState::good).map(Target::revision),
        board.worst(),
        link.map(present -> present.etcd().secrets()).orElse(Map.of()));
  }

  private String phase(String service) {
    return services.find(service).map(it -> it.state.phase().label()).orElse("");
  }
}
