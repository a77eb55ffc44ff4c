package io.hasupervisor.publish;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * etcd as this host judges it: {@link io.hasupervisor.assess.etcd.EtcdView}, with times and ids for
 * people. Ids are decimal, as texts: they are unsigned.
 *
 * @param state a name of {@link io.hasupervisor.assess.etcd.ClusterState}
 * @param proofAgeMillis age of the newest linearizable read, through {@code proofVia}
 */
public record EtcdStatus(
    String state,
    Optional<String> underlying,
    Instant since,
    boolean external,
    boolean proven,
    Optional<Long> proofAgeMillis,
    Optional<String> proofVia,
    int voters,
    int learners,
    int quorum,
    int healthy,
    int available,
    int canLose,
    int tolerance,
    String summary,
    Optional<String> clusterId,
    Optional<String> leader,
    long term,
    long revision,
    long rememberedRevision,
    List<String> alarms,
    List<String> reasons,
    List<EtcdMemberStatus> members) {
  /**
   * One member of etcd.
   *
   * @param state a name of {@link io.hasupervisor.assess.etcd.MemberState}
   * @param evidence outcome of each question by its name, E1 to E6
   */
  public record EtcdMemberStatus(
      Optional<String> id,
      String name,
      String url,
      boolean own,
      boolean leader,
      boolean learner,
      String state,
      Instant since,
      String why,
      Optional<Instant> lastProof,
      String version,
      long lag,
      long dbSize,
      long inUse,
      SortedMap<String, String> evidence) {}
}
