package io.hasupervisor.simulation;

import io.hasupervisor.assess.ProbeBoard;
import io.hasupervisor.assess.Tolerance;
import io.hasupervisor.decide.Action;
import io.hasupervisor.decide.Event;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.decide.Phase;
import io.hasupervisor.decide.Policy;
import io.hasupervisor.decide.ServiceState;
import io.hasupervisor.decide.Step;
import io.hasupervisor.observe.CheckResult;
import io.hasupervisor.observe.ProbeReport;
import io.hasupervisor.observe.RunReport;
import io.hasupervisor.observe.RunState.Running;
import io.hasupervisor.observe.Symptom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Supplier;

/**
 * One service in one world, driven as the loop drives it: looks, probes, ticks, actions, orders.
 */
final class World {
  private record Due(long at, long order, Runnable what) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
    }
  }

  private static final int TICK = 1000;

  final Chance chance;
  final Policy policy;
  final Unit unit;
  final Trace trace = new Trace();
  private final Machine machine;
  private final Chaos chaos;
  private final Evidence evidence;
  private final Invariants rules;
  private final PriorityQueue<Due> agenda = new PriorityQueue<>();
  private long order;
  private long now = TICK;
  private long awaitedDeadline;
  private int lateRounds;
  private boolean tickLost;
  private boolean calm;
  private ProbeBoard board;
  private ServiceState state;
  private long steps;
  private Optional<RunReport> lastReport = Optional.empty();

  World(long seed, Machine machine) {
    this.machine = machine;
    chance = new Chance(seed);
    policy = chance.policy();
    Map<String, Tolerance> tolerances = chance.tolerances(policy.startGrace());
    Map<String, Tolerance> given = new LinkedHashMap<>();
    tolerances.forEach((name, tolerance) -> given.put(name, machine.tolerance(tolerance)));
    board = ProbeBoard.of(given);
    evidence = new Evidence(tolerances);
    rules = new Invariants(policy, evidence);
    unit = new Unit(chance);
    chaos = new Chaos(this);
    state = ServiceState.initial(time());
    beginning();
    tolerances.keySet().forEach(name -> probe(name, chance.between(1000, 3000)));
    tick();
    look();
    disturb();
  }

  /** What the first look finds: mostly a service that does not run, as after a boot. */
  private void beginning() {
    unit.absent = chance.oneIn(8);
    if (chance.oneIn(3)) {
      unit.startOutside(now);
    }
  }

  /** Turns until about {@code limit} steps are done; returns how many were. */
  long run(long limit) {
    while (steps < limit) {
      calm = false;
      turnUntil(now + chance.between(20_000, 400_000));
      recover();
    }
    return steps;
  }

  /** The world stops changing: within bounds the service must be well again. */
  private void recover() {
    calm = true;
    chaos.end();
    long patience = now + Patience.of(policy).toMillis();
    do {
      turnUntil(now + TICK);
    } while (!well() && now < patience);
    Violation.unless(policy.observeOnly() || well(), "it gave up: still " + state.phase());
  }

  private boolean well() {
    return state.phase() instanceof Phase.Healthy && unit.life().isPresent() && !unit.sick;
  }

  private void turnUntil(long until) {
    for (Due due = agenda.peek(); due != null && due.at() <= until; due = agenda.peek()) {
      agenda.remove();
      now = Math.max(now, due.at());
      unit.passTo(now);
      due.what().run();
    }
    now = Math.max(now, until);
  }

  void in(long millis, Runnable what) {
    agenda.add(new Due(now + millis, order++, what));
  }

  Duration time() {
    return Duration.ofMillis(now);
  }

  long now() {
    return now;
  }

  void step(Event event) {
    Step step = machine.step(policy, state, event, time());
    trace.add(time(), event, step);
    rules.check(state, event, step, time());
    state = step.next();
    rules.checkRest(machine, state, time());
    steps++;
    step.action().ifPresent(this::carryOut);
    state.phase().deadline().map(Duration::toMillis).ifPresent(this::await);
  }

  private void await(long deadline) {
    if (deadline != awaitedDeadline && deadline > now && deadline < now + TICK) {
      awaitedDeadline = deadline;
      in(deadline - now, () -> step(new Event.Ticked()));
    }
  }

  private void disturb() {
    in(
        chance.between(100, 10_000),
        () -> {
          if (!calm) {
            chaos.strike();
          }
          disturb();
        });
  }

  private void tick() {
    in(
        TICK,
        () -> {
          tickLost = !calm && !tickLost && chance.oneIn(20);
          if (!tickLost) {
            judge();
          }
          tick();
        });
  }

  private void judge() {
    step(new Event.Judged(board.verdict(time())));
  }

  private void look() {
    in(
        TICK,
        () -> {
          RunReport report = new RunReport(unit.look(), time());
          in(delay(), () -> seen(report));
          look();
        });
  }

  private int delay() {
    return calm || !chance.oneIn(20) ? chance.between(0, 20) : chance.between(20, 3000);
  }

  private void seen(RunReport report) {
    lastReport = Optional.of(report);
    if (report.state() instanceof Running running) {
      board = board.during(running.incarnation());
    }
    step(new Event.Seen(report));
  }

  /** A report comes a second time, after others. */
  void seenAgain() {
    lastReport.ifPresent(report -> in(chance.between(1, 5000), () -> seen(report)));
  }

  private void probe(String name, int period) {
    in(
        period,
        () -> {
          Duration begun = time();
          int round = lateRounds;
          in(
              chance.between(1, calm ? 100 : 900),
              () -> {
                CheckResult result =
                    round == lateRounds
                        ? unit.answer(now)
                        : new CheckResult.Failed(Symptom.TIMED_OUT, "we were late ourselves");
                ProbeReport report = new ProbeReport(name, result, begun, time());
                in(delay(), () -> heard(report));
              });
          probe(name, period);
        });
  }

  private void heard(ProbeReport report) {
    evidence.heard(report);
    board = board.with(machine.heard(report));
    judge();
  }

  /** The daemon itself is starved: nothing is taken in for a while, then everything at once. */
  void beLate(int millis) {
    now += millis;
    lateRounds++;
    unit.passTo(now);
    evidence.late(time());
    if (machine.voidsLateRounds()) {
      board = board.lateUntil(time());
    }
    judge();
  }

  private void carryOut(Action action) {
    int took = chance.between(1, calm ? 200 : 2500);
    int until = chance.between(0, took);
    boolean lost = !calm && chance.oneIn(15);
    Supplier<Outcome> effect =
        lost && chance.oneIn(2) ? () -> new Outcome.Uncertain("lost") : () -> chaos.effect(action);
    in(
        until,
        () -> {
          Outcome outcome = effect.get();
          Outcome told = lost ? new Outcome.Uncertain("no answer") : outcome;
          Duration ends = Duration.ofMillis(now + took - until);
          in(took - until, () -> step(new Event.Finished(told, ends)));
        });
  }

  /** Steps done so far. */
  long steps() {
    return steps;
  }

  /** The dependencies that are not healthy. */
  void dependencies(List<Event.Dependency> notHealthy) {
    step(new Event.Dependencies(notHealthy));
  }
}
