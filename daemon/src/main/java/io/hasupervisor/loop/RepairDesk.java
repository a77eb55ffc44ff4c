package io.hasupervisor.loop;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.cluster.RepairSettings;
import io.hasupervisor.decide.Consent;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.decide.disruption.Acceptance;
import io.hasupervisor.decide.disruption.DecisionTable;
import io.hasupervisor.decide.disruption.Disruption;
import io.hasupervisor.decide.disruption.GateReason;
import io.hasupervisor.decide.disruption.GateRefusal;
import io.hasupervisor.decide.disruption.LockFacts;
import io.hasupervisor.decide.disruption.Moment;
import io.hasupervisor.decide.disruption.RepairAction;
import io.hasupervisor.decide.disruption.RepairAnswer;
import io.hasupervisor.decide.disruption.RepairEvent;
import io.hasupervisor.decide.disruption.RepairMachine;
import io.hasupervisor.decide.disruption.RepairOutcome;
import io.hasupervisor.decide.disruption.RepairPhase;
import io.hasupervisor.decide.disruption.RepairState;
import io.hasupervisor.decide.disruption.RepairStep;
import io.hasupervisor.decide.disruption.RollingTurn;
import io.hasupervisor.decide.disruption.Ruling;
import io.hasupervisor.decide.disruption.Scene;
import io.hasupervisor.host.Clock;
import io.hasupervisor.observe.disruption.LockDocument;
import io.hasupervisor.observe.disruption.LockSeen;
import io.hasupervisor.observe.etcd.EtcdRound;
import io.hasupervisor.publish.LockStatusView;
import io.hasupervisor.publish.RepairStatusView;
import io.hasupervisor.publish.Status.LockStatus;
import io.hasupervisor.publish.Status.RepairStatus;
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
  private static final Duration SOON = Duration.ofSeconds(1);

  /** A round that hangs, and the one behind it. */
  private static final Duration LOOK_LIMIT = Duration.ofSeconds(15);

  /** What the desk needs of the rest of the loop. */
  interface Surroundings {
    /** All evidence now, with what was just seen of this host. */
    Scene scene(HostSeen host, Duration now);

    /** How the service or manifest of this name is; the whole host for an empty one. */
    RepairEvent.Served served(String subject, Duration now);

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
  private final List<RepairAsk> early = new ArrayList<>();
  private Optional<RepairState> known = Optional.empty();
  private Optional<RepairAsk> waiting = Optional.empty();
  private Optional<RepairAsk> acting = Optional.empty();
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
    early.forEach(ask -> hands.look(Optional.of(ask)));
    early.clear();
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
      early.removeIf(before -> before.answer().isDone());
      early.add(ask);
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
        .filter(state -> resting(state) && state.inFlight().isEmpty() && waiting.isEmpty())
        .flatMap(_ -> document())
        .flatMap(lock -> RollingTurn.now(lock, node));
  }

  /** He does not wait any more, or will not act. */
  void withdrawn(CompletableFuture<Outcome> answer, Duration now) {
    early.removeIf(ask -> ask.isOf(answer));
    boolean asking = waiting.filter(ask -> ask.isOf(answer)).isPresent();
    boolean told = acting.filter(ask -> ask.isOf(answer)).isPresent();
    if (asking || told) {
      waiting = waiting.filter(_ -> !asking);
      acting = acting.filter(_ -> !told);
      // What needed no lock left no trace here: what goes on is another's.
      if (asking || phase() instanceof RepairPhase.Acting) {
        step(new RepairEvent.Withdrawn(), now);
      }
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
      asks(ask, now);
    }
  }

  /** An answer to this very question is the asker's; a later one is his who waits. */
  private void asks(RepairAsk ask, Duration now) {
    Optional<RepairAsk> before = waiting;
    waiting = Optional.of(ask);
    boolean answered = step(new RepairEvent.Asked(ask.wanted()), now);
    if (before.isPresent()) {
      waiting = before;
      if (!answered) {
        ask.answer().complete(busy("somebody else waits for another repair", SOON));
      }
    }
  }

  private static RepairState with(RepairState state, RepairPhase phase) {
    return new RepairState(
        state.self(),
        phase,
        state.scene(),
        state.lock(),
        state.log(),
        state.accepted(),
        state.inFlight(),
        state.unsettled(),
        state.unused(),
        state.rest());
  }

  private static Outcome refused(GateRefusal refusal) {
    return new Outcome.Refused(refusal.reason().name(), refusal.why(), refusal.again());
  }

  private static Outcome busy(String why, Duration again) {
    return new Outcome.Refused(GateReason.BUSY.name(), why, again);
  }

  /**
   * Why it would be refused now, by present evidence; nothing is asked or taken. The machine is
   * asked as if it were at rest, and what it would do is forgotten.
   */
  @Override
  public Optional<GateRefusal> preview(Disruption wanted, Duration now) {
    return known.flatMap(
        state -> {
          RepairState asked = resting(state) ? with(state, new RepairPhase.Idle()) : state;
          Moment moment = new Moment(now, clock.wall(), "");
          return RepairMachine.step(settings, asked, new RepairEvent.Asked(wanted), moment)
              .answer()
              .flatMap(
                  answer ->
                      answer instanceof RepairAnswer.Refused refused
                          ? Optional.of(refused.refusal())
                          : Optional.empty());
        });
  }

  private static boolean resting(RepairState state) {
    return state.phase() instanceof RepairPhase.Idle
        || state.phase() instanceof RepairPhase.Blocked;
  }

  @Override
  public Optional<GateRefusal> hopeless(Disruption wanted, Duration now) {
    return known.flatMap(state -> refusal(DecisionTable.accepted(wanted, state.scene(), now)));
  }

  private static Optional<GateRefusal> refusal(Ruling ruling) {
    return switch (ruling) {
      case Ruling.Free _, Ruling.Locked _ -> Optional.empty();
      case Ruling.Refused refused -> Optional.of(refused.refusal());
    };
  }

  private Ruling ruling(RepairState state, Disruption wanted, Duration now) {
    return DecisionTable.ruling(settings, wanted, state.scene(), state.lock(), state.log(), now);
  }

  @Override
  public void accepted(Acceptance acceptance) {
    chronicle.accepted(acceptance);
    step(new RepairEvent.Accepted(acceptance), clock.now());
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
    forgetWhoGaveUp(now);
    RepairStatusView.subject(phase()).ifPresent(subject -> step(around.served(subject, now), now));
    step(new RepairEvent.Ticked(), now);
  }

  /** An asker that gave up by himself says nothing. */
  private void forgetWhoGaveUp(Duration now) {
    waiting.filter(ask -> ask.answer().isDone()).ifPresent(ask -> withdrawn(ask.answer(), now));
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
    step.answer().ifPresent(this::answer);
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

  private void answer(RepairAnswer answer) {
    Optional<RepairAsk> asker = waiting;
    waiting = Optional.empty();
    if (asker.isEmpty()) {
      return;
    }
    CompletableFuture<Outcome> told = asker.get().answer();
    switch (answer) {
      case RepairAnswer.Granted _ -> {
        acting = asker;
        hands.grant(told);
      }
      case RepairAnswer.GrantedAfter(Duration delay) ->
          told.complete(delay.isPositive() ? itsTurn(delay) : new Outcome.Done());
      case RepairAnswer.Refused refused -> told.complete(refused(refused.refusal()));
    }
  }

  /** By then the evidence is old: it is to be asked again. */
  private static Outcome itsTurn(Duration delay) {
    return new Outcome.Refused(
        GateReason.ITS_TURN.name(),
        "the turn of this host comes in " + delay.toSeconds() + " s",
        delay);
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
    return known.map(
        state -> RepairStatusView.of(state, wanted -> ruling(state, wanted, now), now, wall));
  }

  /** The lock for people, as last read. */
  Optional<LockStatus> lock(Duration now, Instant wall) {
    return known.map(state -> LockStatusView.of(state.lock(), now, wall));
  }

  /** Whoever waits may ask the desk that takes this one's place. */
  @Override
  public void close() {
    Outcome again = busy("the configuration was read anew: to be asked again", SOON);
    early.forEach(ask -> ask.answer().complete(again));
    waiting.ifPresent(ask -> ask.answer().complete(again));
  }
}
