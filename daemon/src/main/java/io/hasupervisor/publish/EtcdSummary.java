package io.hasupervisor.publish;

import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.assess.etcd.MemberState;
import io.hasupervisor.decide.Phase;
import io.hasupervisor.publish.EtcdStatus.EtcdMemberStatus;
import io.hasupervisor.publish.Status.Level;
import java.util.List;

/** What etcd adds to the verdict and to the sentence over all. */
final class EtcdSummary {
  /** A reason beside the state: the daemon has not watched for long enough to say. */
  private static final String STARTING = "STARTING";

  private EtcdSummary() {}

  /** How much an operator is needed. */
  static Level level(EtcdStatus etcd) {
    return switch (ClusterState.valueOf(etcd.state())) {
      case QUORUM_FULL -> Level.OK;
      case SINGLE -> etcd.reasons().contains(EtcdStatusView.FEWER) ? Level.ATTENTION : Level.OK;
      case QUORUM_UNKNOWN -> starting(etcd) ? Level.OK : Level.ATTENTION;
      case QUORUM_AT_RISK, QUORUM_DEGRADED -> Level.ATTENTION;
      case DATA_REGRESSION, SPLIT_VIEW, CORRUPT, PARTITIONED_SELF, QUORUM_LOST, READ_ONLY ->
          Level.CRITICAL;
    };
  }

  private static boolean starting(EtcdStatus etcd) {
    return etcd.reasons().contains(STARTING);
  }

  /** Clauses of a sentence: nothing where all is well. */
  static List<String> clauses(EtcdStatus etcd) {
    ClusterState state = ClusterState.valueOf(etcd.state());
    String trouble = EtcdWords.trouble(state);
    return switch (state) {
      case QUORUM_FULL -> List.of();
      case SINGLE -> level(etcd) == Level.OK ? List.of() : List.of(trouble);
      case QUORUM_UNKNOWN ->
          List.of(starting(etcd) ? "etcd is not known yet" : trouble + unwell(etcd));
      case DATA_REGRESSION, SPLIT_VIEW, PARTITIONED_SELF, READ_ONLY -> List.of(trouble);
      case CORRUPT, QUORUM_LOST, QUORUM_AT_RISK, QUORUM_DEGRADED -> List.of(trouble + unwell(etcd));
    };
  }

  /** " (m2 DOWN, m3 HUNG)". */
  private static String unwell(EtcdStatus etcd) {
    List<String> members =
        etcd.members().stream()
            .filter(member -> !well(member))
            .map(member -> name(member) + " " + member.state())
            .toList();
    return members.isEmpty() ? "" : " (" + String.join(", ", members) + ")";
  }

  /** What etcd has to do with a kubelet that is not well; empty where nothing. */
  static String cause(Situation s, EtcdStatus etcd) {
    boolean concerned = s.name().equals("kubelet") && !(s.state().phase() instanceof Phase.Healthy);
    return concerned && level(etcd) == Level.CRITICAL
        ? " Note that " + EtcdWords.trouble(ClusterState.valueOf(etcd.state())) + "."
        : "";
  }

  static boolean well(EtcdMemberStatus member) {
    return MemberState.valueOf(member.state()).well();
  }

  /** By which a person knows it. */
  static String name(EtcdMemberStatus member) {
    return member.name().isEmpty() ? member.url() : member.name();
  }
}
