package io.hasupervisor.observe.etcd;

import io.hasupervisor.cluster.Master;
import io.hasupervisor.host.Clock;
import io.hasupervisor.observe.HttpCall;
import io.hasupervisor.observe.OneLook;
import io.hasupervisor.observe.disruption.LockSeen;
import io.hasupervisor.observe.etcd.Asking.Open;
import io.hasupervisor.observe.etcd.Roster.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asks all members, over and over: all that there is to ask in the first round, in every sixth and
 * after one in which something was wrong; else two calls to each member, and the attestations.
 */
public final class EtcdLook implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMillis(5_500);
  private static final int ALL_EVERY = 6;
  private static final int METRICS_EVERY = 3;

  /** What a member with many peers writes is a fifth of it. */
  private static final int LONGEST_METRICS = 1024 * 1024;

  private final Master master;
  private final Clock clock;
  private final Roster roster;
  private final OpenMembers members;
  private final HttpCall http;
  private final PeerPort peers;
  private final OtherMasters others;
  private final SharedKeys keys;
  private final OneLook eyes = new OneLook("etcd look");
  private Optional<MemberList> list = Optional.empty();
  private Optional<EtcdId> own = Optional.empty();
  private List<Endpoint> serving = List.of();

  /** Whether the own member began a cluster of its own, in which the others' lock does not lie. */
  private boolean astray;

  private long rounds;
  private boolean clean;

  private EtcdLook(Master master, Clock clock) {
    this.master = master;
    this.clock = clock;
    this.roster = Roster.of(master);
    this.http = new HttpCall(EtcdChannel.credentials(master.etcd().tls()), MemberAsking.OTHERS);
    this.members = OpenMembers.of(master.etcd(), http);
    this.peers = new PeerPort(http, clock);
    this.others = OtherMasters.of(master);
    this.keys = new SharedKeys(master.cluster().name());
  }

  /** Nothing is asked yet. */
  public static EtcdLook of(Master master, Clock clock) {
    return new EtcdLook(master, clock);
  }

  /**
   * One round, six seconds at most, for one thread at a time; that members are sick is an answer.
   */
  public EtcdRound look() throws InterruptedException {
    boolean all = !clean || rounds % ALL_EVERY == 0;
    List<Target> targets = roster.targets(list, own);
    Map<Target, Member> asked = members.keep(targets);
    try (Asking asking = new Asking(LIMIT)) {
      List<MemberAsking> askings =
          targets.stream()
              .map(
                  target ->
                      MemberAsking.begin(
                          asking, target, Optional.ofNullable(asked.get(target)), peers, all))
              .toList();
      boolean byDesign = targets.stream().anyMatch(Target::unreachableByDesign);
      Open<SharedKeys.Seen> shared = asking.ask(() -> keys.read(readers(), MemberAsking.OTHERS));
      Open<MetricsSeen> metrics = metrics(asking, all || byDesign || rounds % METRICS_EVERY == 0);
      Open<ProcessSeen> process = asking.ask(this::process);
      Open<String> elsewhere = elsewhere(asking, askings);
      EtcdRound round = round(asking, askings, shared, metrics, process, elsewhere);
      learn(round);
      return round;
    }
  }

  private EtcdRound round(
      Asking asking,
      List<MemberAsking> askings,
      Open<SharedKeys.Seen> shared,
      Open<MetricsSeen> metrics,
      Open<ProcessSeen> process,
      Open<String> elsewhere)
      throws InterruptedException {
    List<MemberEvidence> evidence = new ArrayList<>();
    List<MemberList> lists = new ArrayList<>();
    for (MemberAsking member : askings) {
      evidence.add(member.evidence(asking));
      asking.answer(member.list()).got().ifPresent(lists::add);
    }
    Answer<SharedKeys.Seen> read = asking.answer(shared);
    Answer<MetricsSeen> measured = asking.answer(metrics);
    Answer<String> well = asking.answer(elsewhere);
    ProcessSeen seen =
        asking.answer(process).got().orElse(new ProcessSeen.Unknown("it took too long to look"));
    return new EtcdRound(
        clock.now(),
        clock.wall(),
        asking.took(),
        evidence,
        lists,
        read.map(SharedKeys.Seen::attestations),
        measured,
        seen,
        well,
        read.map(SharedKeys.Seen::lock));
  }

  /** Remembers what the next round needs. */
  private synchronized void learn(EtcdRound round) {
    rounds++;
    clean =
        round.members().stream()
            .allMatch(
                member ->
                    member.unreachableByDesign()
                        ? member.peer().ok()
                        : member.linearizable().ok() && member.status().ok());
    round
        .own()
        .filter(member -> member.linearizable().ok() || member.status().ok())
        .flatMap(EtcdLook::answered)
        .ifPresent(id -> own = Optional.of(id));
    list = proven(round).or(() -> list);
    serving =
        round.members().stream()
            .filter(member -> !member.own())
            .filter(member -> member.linearizable().got().filter(this::belongs).isPresent())
            .flatMap(member -> Endpoint.parse(member.url()).stream())
            .toList();
    round
        .own()
        .flatMap(member -> member.linearizable().got())
        .ifPresent(header -> astray = !belongs(header));
  }

  private boolean belongs(Header header) {
    return list.filter(known -> !known.cluster().equals(header.cluster())).isEmpty();
  }

  /**
   * The newest member list that can be believed. One of the cluster that is known goes before the
   * own member's: a member that was wiped and began a cluster of its own proves that one, too.
   */
  private Optional<MemberList> proven(EtcdRound round) {
    Set<EtcdId> serving =
        round.members().stream()
            .flatMap(member -> member.linearizable().got().stream())
            .map(Header::member)
            .collect(Collectors.toSet());
    List<MemberList> believed =
        round.lists().stream()
            .filter(found -> found.linearizable() || serving.contains(found.by()))
            .toList();
    return believed.stream()
        .filter(found -> list.isPresent() && list.get().cluster().equals(found.cluster()))
        .findFirst()
        .or(
            () ->
                believed.stream().filter(found -> own.equals(Optional.of(found.by()))).findFirst())
        .or(() -> believed.stream().filter(_ -> list.isEmpty()).findFirst());
  }

  private static Optional<EtcdId> answered(MemberEvidence member) {
    return member
        .linearizable()
        .got()
        .or(() -> member.status().got().map(StatusSeen::header))
        .map(Header::member);
  }

  /** This host's member; empty where etcd is run elsewhere or speaks the v2 API alone. */
  public Optional<EtcdChannel> own() {
    return members.own().flatMap(Member::channel);
  }

  /** Writes a key through this host's member. */
  public Answer<Header> put(String key, byte[] value, Duration deadline)
      throws InterruptedException {
    Optional<Member> member = members.own();
    return member.isPresent()
        ? member.get().api().put(key, value, deadline)
        : new Answer.NotAsked<>("no member of etcd is this host's");
  }

  /** The lock, through consensus. */
  public Answer<LockSeen> lock(Duration deadline) throws InterruptedException {
    return keys.lock(readers(), deadline);
  }

  /**
   * The attestations as this host's member has them, also while quorum is lost: of unknown age. Two
   * seconds at most; none where it does not answer, or speaks the v2 API alone.
   */
  public List<Attestation> lastWords() throws InterruptedException {
    Optional<EtcdChannel> channel = own();
    return channel.isPresent() ? keys.lastWords(channel.get(), MemberAsking.OTHERS) : List.of();
  }

  /** Sets the lock's value where its revision is {@code expected}. */
  public Answer<Swap> setLock(byte[] value, long expected, Duration deadline)
      throws InterruptedException {
    return keys.setLock(readers(), value, expected, deadline);
  }

  /** This host's member, or else those that served in the last round; of this cluster only. */
  private synchronized List<MemberApi> readers() {
    List<MemberApi> readers = new ArrayList<>();
    members.own().filter(_ -> !astray).map(Member::api).ifPresent(readers::add);
    serving.stream()
        .flatMap(endpoint -> members.at(endpoint).stream())
        .map(Member::api)
        .forEach(readers::add);
    return readers;
  }

  private Open<MetricsSeen> metrics(Asking asking, boolean wanted) {
    Optional<Endpoint> local = master.etcd().local().flatMap(Endpoint::parse);
    if (!wanted || local.isEmpty()) {
      return Asking.notAsked(
          wanted ? "no member of etcd is this host's" : "they change slowly; in the next round");
    }
    return asking.ask(
        () ->
            HttpQuestion.ask(
                local.get(),
                http,
                MemberAsking.OTHERS,
                question -> {
                  String text = question.get("/metrics", LONGEST_METRICS).body();
                  if (text.length() >= LONGEST_METRICS) {
                    throw new NotEtcd("more than " + LONGEST_METRICS + " bytes");
                  }
                  return MetricsReader.read(text);
                }));
  }

  private Answer<ProcessSeen> process() throws InterruptedException {
    ProcessSeen seen =
        master.etcd().external()
            ? new ProcessSeen.Unknown("no member of etcd is this host's")
            : eyes.at(() -> EtcdProcess.look(master.cluster().etcd().data()));
    return new Answer.Got<>(seen, Duration.ZERO);
  }

  /** E8, once the own member says that it knows no leader, or does not answer. */
  private Open<String> elsewhere(Asking asking, List<MemberAsking> askings) {
    Optional<MemberAsking> ours =
        askings.stream().filter(member -> member.target().own()).findFirst();
    if (ours.isEmpty()) {
      return Asking.notAsked("no member of etcd is this host's");
    }
    return asking.ask(
        () ->
            asking.answer(ours.get().status()).got().flatMap(StatusSeen::leader).isPresent()
                ? new Answer.NotAsked<>("the own member knows a leader")
                : others.first(asking));
  }

  @Override
  public void close() {
    members.close();
  }
}
