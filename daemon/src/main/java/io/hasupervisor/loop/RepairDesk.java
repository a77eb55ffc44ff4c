package io.hasupervisor.loop;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.cluster.RepairSettings;
import io.hasupervisor.decide.Consent;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.decide.disruption.Acceptance;
import io.hasupervisor.decide.disruption.Disruption;
import io.hasupervisor.decide.disruption.GateReason;
import io.hasupervisor.decide.disruption.GateRefusal;
import io.hasupervisor.decide.disruption.LockFacts;
import io.hasupervisor.decide.disruption.Moment;
import io.hasupervisor.decide.disruption.RepairAction;
import io.hasupervisor.decide.disruption.RepairEvent;
import io.hasupervisor.decide.disruption.RepairMachine;
import io.hasupervisor.decide.disruption.RepairOutcome;
import io.hasupervisor.decide.disruption.RepairPhase;
import io.hasupervisor.decide.disruption.RepairState;
import io.hasupervisor.decide.disruption.RepairStep;
import io.hasupervisor.decide.disruption.RollingTurn;
import io.hasupervisor.decide.disruption.Scene;
import io.hasupervisor.host.Clock;
import io.hasupervisor.observe.disruption.LockDocument;
import io.hasupervisor.observe.disruption.LockSeen;
import io.hasupervisor.observe.etcd.EtcdRound;
import io.hasupervisor.publish.LockStatus;
import io.hasupervisor.publish.LockStatusView;
import io.hasupervisor.publish.RepairStatus;
import io.hasupervisor.publish.RepairStatusView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Whether and when this master may be disturbed: feeds its {@link RepairMachine} and carries out
 * what that wants. In the loop's thread only.
 */
final class RepairDesk implements OrderGuard.Repair, AutoCloseable {
  /** A round that hangs, and the one behind it. */
  private static final Duration LOOK_LIMIT = Duration.ofSeconds(15);

  /** What the desk needs of the rest of the loop. */
  interface Surroundings {
    /** All evidence now, with what was just seen of this host. */
    Scene scene(HostSeen host, Duration now);

    /** How the service or manifest of this name is; the whole host for an empty one. */
    RepairEvent.Served served(String subject, Duration now);

    /** Whether an operator's order about that has not come to its end yet. */
    boolean ordered(String subject);

    /** Asks etcd's members as soon as possible. */
    void lookAtEtcd();
  }

  private final RepairWorld world;
  private final RepairSettings settings;
  private final String node;
  private final String bootId;
  private final Surroundings around;
  private final RepairHands hands;
  private final RepairChronicle chronicle;
  private final StateWriter<RepairMemory> disk;
  private final Inbox inbox;
  private final Clock clock;
  private final RepairAskers askers;
  private final List<Acceptance> words = new ArrayList<>();
  private Optional<RepairState> known = Optional.empty();
  private Optional<Duration> looking = Optional.empty();
  private Duration roundBegan = Duration.ZERO;
  private List<Finding> found = List.of();

  RepairDesk(
      RepairWorld world,
      RepairSettings settings,
      String node,
      String bootId,
      Surroundings around,
      RepairHands hands,
      RepairChronicle chronicle,
      StateWriter<RepairMemory> disk,
      Inbox inbox,
      Clock clock) {
    this.world = world;
    this.settings = settings;
    this.node = node;
    this.bootId = bootId;
    this.around = around;
    this.hands = hands;
    this.askers = new RepairAskers(hands);
    this.chronicle = chronicle;
    this.disk = disk;
    this.inbox = inbox;
    this.clock = clock;
  }

  /** Whether this is the world of the present configuration. */
  @SuppressWarnings("ReferenceEquality")
  boolean isOf(RepairWorld other) {
    return world == other;
  }

  /** Something that another thread has to tell. */
  void told(RepairNews news, Duration now) {
    forgetWhoGaveUp(now);
    switch (news) {
      case RepairNews.Recalled recalled -> recalled(recalled, now);
      case RepairNews.HostLooked looked -> hostLooked(looked, now);
      case RepairNews.LockAnswered answered ->
          answered.lock().got().ifPresent(lock -> read(lock, answered.asked(), now));
      case RepairNews.LockOrdered ordered -> {
        chronicle.ordered(ordered.code(), ordered.told());
        read(ordered.lock(), ordered.asked(), now);
      }
      case RepairNews.Ended ended ->
          step(new RepairEvent.Finished(ended.outcome(), ended.at()), now);
      case RepairNews.Gone gone -> withdrawn(gone.answer(), now);
    }
  }

  private void recalled(RepairNews.Recalled recalled, Duration now) {
    known =
        Optional.of(
            RepairState.start(
                new RepairState.Self(recalled.identity(), node, bootId),
                recalled.memory().resumed(bootId, now, clock.wall())));
    words.forEach(word -> step(new RepairEvent.Accepted(word), now));
    words.clear();
    askers.takeEarly().forEach(ask -> hands.look(Optional.of(ask)));
  }

  /** What a desk that takes this one's place is to remember; empty before it was read. */
  Optional<RepairMemory> memory(Duration now) {
    return known.map(state -> new RepairMemory(bootId, now, clock.wall(), state.log()));
  }

  /**
   * Somebody wants to disturb this master; {@code answer} is completed with {@link Outcome.Done}
   * when he is to act, else with {@link Outcome.Refused}.
   */
  void asked(Disruption asked, Consent.Stage stage, CompletableFuture<Outcome> answer) {
    Disruption wanted = document().map(lock -> RollingTurn.origin(asked, lock, node)).orElse(asked);
    RepairAsk ask = new RepairAsk(wanted, stage, answer);
    if (known.isEmpty()) {
      askers.early(ask);
    } else {
      hands.look(Optional.of(ask));
    }
  }

  private Optional<LockDocument> document() {
    return known.map(RepairState::lock).flatMap(LockFacts::document);
  }

  /** What it is this master's turn to do now, where it does nothing else. */
  Optional<Disruption> turn() {
    return known
        .filter(RepairForecast::resting)
        .filter(state -> state.inFlight().isEmpty() && askers.nobodyWaits())
        .flatMap(_ -> document())
        .flatMap(lock -> RollingTurn.now(lock, node));
  }

  /** He does not wait any more, or will not act. */
  void withdrawn(CompletableFuture<Outcome> answer, Duration now) {
    // What needed no lock left no trace here: what goes on is another's.
    boolean waited = askers.waits(answer);
    if (askers.withdraws(answer) && (waited || phase() instanceof RepairPhase.Acting)) {
      step(new RepairEvent.Withdrawn(), now);
    }
  }

  /** A round of questions to etcd was judged: what it brought is looked at with this host. */
  void rounded(EtcdRound round, Duration now) {
    Duration began = round.at().minus(round.took());
    roundBegan = began;
    round.lock().got().ifPresent(lock -> read(lock, began, now));
    hands.look(Optional.empty());
  }

  private void read(LockSeen lock, Duration asked, Duration now) {
    step(new RepairEvent.LockRead(lock, asked), now);
  }

  private void hostLooked(RepairNews.HostLooked looked, Duration now) {
    step(new RepairEvent.Looked(around.scene(looked.seen(), now)), now);
    if (looking.filter(since -> roundBegan.compareTo(since) >= 0).isPresent()) {
      looked(new RepairOutcome.Done(0), now);
    }
    looked.sake().ifPresent(ask -> consider(ask, now));
  }

  private void looked(RepairOutcome outcome, Duration now) {
    looking = Optional.empty();
    step(new RepairEvent.Finished(outcome, now), now);
  }

  private void consider(RepairAsk ask, Duration now) {
    if (ask.answer().isDone()) {
      return;
    }
    if (ask.stage() == Consent.Stage.FIRST && preview(ask.wanted(), now).isEmpty()) {
      ask.answer().complete(new Outcome.Done());
    } else {
      askers.ask(ask, () -> step(new RepairEvent.Asked(ask.wanted()), now));
    }
  }

  private Optional<RepairForecast> forecast(Duration now) {
    return known.map(
        state -> new RepairForecast(settings, state, new Moment(now, clock.wall(), "")));
  }

  @Override
  public Optional<GateRefusal> preview(Disruption wanted, Duration now) {
    return forecast(now).flatMap(it -> it.preview(wanted));
  }

  @Override
  public Optional<GateRefusal> price(Disruption wanted, Duration now) {
    return forecast(now).flatMap(it -> it.price(wanted));
  }

  @Override
  public Optional<GateRefusal> hopeless(Disruption wanted, Duration now) {
    return forecast(now).flatMap(it -> it.hopeless(wanted));
  }

  @Override
  public void accepted(Acceptance acceptance) {
    chronicle.accepted(acceptance);
    if (known.isEmpty()) {
      words.add(acceptance);
    } else {
      step(new RepairEvent.Accepted(acceptance), clock.now());
    }
  }

  /** A word for what nobody waits for any more would let the next one have it. */
  private void endWords(Duration now) {
    for (Acceptance word : known.map(RepairState::accepted).orElse(List.of())) {
      if (!around.ordered(word.subject()) || now.compareTo(word.until()) > 0) {
        chronicle.over(word);
        step(new RepairEvent.OrderOver(word.subject()), now);
      }
    }
  }

  /** Looks at the clock, at the subject of a repair, and whether who waits still does. */
  void tick(Duration now) {
    if (known.isEmpty()) {
      return;
    }
    if (looking.filter(since -> now.minus(since).compareTo(LOOK_LIMIT) >= 0).isPresent()) {
      looked(
          new RepairOutcome.Failed(
              GateReason.EVIDENCE_OLD, "no round of questions to etcd's members ended in time"),
          now);
    }
    endWords(now);
    forgetWhoGaveUp(now);
    RepairStatusView.subject(phase()).ifPresent(subject -> step(around.served(subject, now), now));
    step(new RepairEvent.Ticked(), now);
  }

  /** An asker that gave up by himself says nothing. */
  private void forgetWhoGaveUp(Duration now) {
    askers.gaveUp().ifPresent(answer -> withdrawn(answer, now));
  }

  /** Whether that brought an answer for somebody. */
  private boolean step(RepairEvent event, Duration now) {
    if (known.isEmpty()) {
      return false;
    }
    RepairState before = known.get();
    RepairStep step =
        RepairMachine.step(settings, before, event, new Moment(now, clock.wall(), world.nonce()));
    stands(step.next());
    if (!before.log().equals(step.next().log())) {
      memory(now).ifPresent(disk::submit);
    }
    step.action().ifPresent(action -> act(action, now));
    step.answer().ifPresent(askers::answer);
    return step.answer().isPresent();
  }

  private void stands(RepairState state) {
    known = Optional.of(state);
    chronicle.stands(state.phase());
    List<Finding> findings = RepairStatusView.findings(state.phase());
    if (!findings.equals(found)) {
      found = findings;
      inbox.post(new Message.Inspected(RepairChronicle.NAME, findings));
    }
  }

  private void act(RepairAction action, Duration now) {
    if (action instanceof RepairAction.Look) {
      looking = Optional.of(now);
      around.lookAtEtcd();
    } else {
      hands.carryOut(action);
    }
  }

  private RepairPhase phase() {
    return known.map(RepairState::phase).orElseGet(RepairPhase.Idle::new);
  }

  /**
   * What is attested of this master. Until this daemon has read the lock, it may be its own of an
   * earlier life: to say "none" then would let others break it.
   */
  String attested() {
    return known.map(RepairStatusView::attested).orElse("");
  }

  /** For people; empty before what is remembered was read. */
  Optional<RepairStatus> status(Duration now, Instant wall) {
    return forecast(now).map(it -> RepairStatusView.of(it.state(), it::ruling, now, wall));
  }

  /** The lock for people, as last read. */
  Optional<LockStatus> lock(Duration now, Instant wall) {
    return known.map(state -> LockStatusView.of(state.lock(), now, wall));
  }

  /** Whoever waits may ask the desk that takes this one's place. */
  @Override
  public void close() {
    askers.close();
  }
}
