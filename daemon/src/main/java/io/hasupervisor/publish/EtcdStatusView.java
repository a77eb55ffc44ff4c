package io.hasupervisor.publish;

import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.assess.etcd.EtcdView.MemberView;
import io.hasupervisor.observe.etcd.EtcdId;
import io.hasupervisor.publish.EtcdStatus.EtcdMemberStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Pure: what is thought of etcd turned into what is published. */
public final class EtcdStatusView {
  /** A reason beside the state: more masters are configured than vote in etcd. */
  static final String FEWER = "FEWER_VOTERS_THAN_MASTERS";

  private static final int WORDS = 200;
  private static final int SENTENCE = 500;

  private EtcdStatusView() {}

  /**
   * The whole of it.
   *
   * @param masters of the cluster, as configured
   * @param now monotonic time, {@code wall} the same for people
   */
  public static EtcdStatus of(EtcdView view, int masters, Duration now, Instant wall) {
    Function<Duration, Instant> time = then -> wall.minus(now).plus(then);
    return new EtcdStatus(
        view.state().name(),
        view.underlying().map(ClusterState::name),
        time.apply(view.since()),
        view.external(),
        view.proven(),
        view.proof().map(proof -> Math.max(0, now.minus(proof).toMillis())),
        view.proofVia().map(EtcdId::decimal),
        view.voters(),
        view.learners(),
        view.quorum(),
        view.healthy(),
        view.available(),
        view.canLose(),
        view.tolerance(),
        Plain.line(view.summary(), SENTENCE),
        view.cluster().map(EtcdId::decimal),
        view.leader().map(EtcdId::decimal),
        view.term(),
        view.revision(),
        view.remembered(),
        plain(view.alarms()),
        reasons(view, masters),
        view.members().stream().map(member -> member(member, time)).toList());
  }

  private static List<String> reasons(EtcdView view, int masters) {
    boolean fewer = view.state() == ClusterState.SINGLE && masters > 1;
    return Stream.concat(plain(view.reasons()).stream(), fewer ? Stream.of(FEWER) : Stream.empty())
        .toList();
  }

  private static EtcdMemberStatus member(MemberView member, Function<Duration, Instant> time) {
    TreeMap<String, String> evidence = new TreeMap<>();
    member.evidence().forEach((name, words) -> evidence.put(name, Plain.line(words, WORDS)));
    return new EtcdMemberStatus(
        member.id().map(EtcdId::decimal),
        Plain.line(member.name(), WORDS),
        Plain.line(member.url(), WORDS),
        member.own(),
        member.leader(),
        member.learner(),
        member.state().name(),
        time.apply(member.since()),
        Plain.line(member.why(), WORDS),
        member.proof().map(time),
        Plain.line(member.version(), WORDS),
        member.lag(),
        member.dbSize(),
        member.inUse(),
        evidence);
  }

  private static List<String> plain(List<String> foreign) {
    return foreign.stream().map(words -> Plain.line(words, WORDS)).toList();
  }
}
