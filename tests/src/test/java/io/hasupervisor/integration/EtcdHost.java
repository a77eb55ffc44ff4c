package io.hasupervisor.integration;

import io.hasupervisor.act.etcd.AttestationWriter;
import io.hasupervisor.assess.etcd.EtcdAssessor;
import io.hasupervisor.assess.etcd.EtcdAssessor.Judgement;
import io.hasupervisor.assess.etcd.EtcdHistory;
import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.assess.etcd.EtcdView.MemberView;
import io.hasupervisor.assess.etcd.MemberState;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.observe.etcd.Answer;
import io.hasupervisor.observe.etcd.Attestation;
import io.hasupervisor.observe.etcd.EtcdLook;
import io.hasupervisor.observe.etcd.EtcdRound;
import io.hasupervisor.observe.etcd.HostReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** One host's view of etcd: rounds of real questions, judged, as its daemon has it. */
final class EtcdHost implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofSeconds(1);

  final Master master;
  final MovableClock clock;
  private final EtcdLook look;
  private final List<EtcdRound> rounds = new ArrayList<>();
  private EtcdHistory history;
  private Optional<EtcdView> view = Optional.empty();
  private long attested;

  private EtcdHost(Master master, MovableClock clock) {
    this.master = master;
    this.clock = clock;
    this.look = EtcdLook.of(master, clock);
    // It has run for a while: what holds in the first half minute is another matter.
    this.history = EtcdHistory.at(clock.now().minusSeconds(60), Optional.empty());
  }

  static EtcdHost of(Master master) {
    return new EtcdHost(master, new MovableClock());
  }

  static EtcdHost of(Master master, MovableClock clock) {
    return new EtcdHost(master, clock);
  }

  /** Asks and judges now. */
  EtcdView round() throws InterruptedException {
    EtcdRound round = look.look();
    rounds.add(round);
    Judgement judged = EtcdAssessor.assess(history, round);
    history = judged.next();
    view = Optional.of(judged.view());
    return judged.view();
  }

  /** All rounds so far. */
  List<EtcdRound> rounds() {
    return List.copyOf(rounds);
  }

  EtcdLook look() {
    return look;
  }

  /**
   * Asks and judges once a second until it holds.
   *
   * @return the view of which it holds
   */
  EtcdView until(Duration patience, Predicate<EtcdView> holds) throws InterruptedException {
    Duration end = clock.now().plus(patience);
    while (true) {
      Duration began = clock.now();
      EtcdView seen = round();
      if (holds.test(seen)) {
        return seen;
      }
      if (clock.now().compareTo(end) > 0) {
        throw new AssertionError("not within " + patience + ": " + told(seen));
      }
      pace(began);
    }
  }

  /** Asks and judges once a second for so long; it must hold each time. */
  void always(Duration time, Predicate<EtcdView> holds) throws InterruptedException {
    Duration end = clock.now().plus(time);
    while (clock.now().compareTo(end) < 0) {
      Duration began = clock.now();
      EtcdView seen = round();
      if (!holds.test(seen)) {
        throw new AssertionError("does not hold: " + told(seen));
      }
      pace(began);
    }
  }

  private void pace(Duration began) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(PERIOD.minus(clock.now().minus(began)).toNanos());
  }

  /** Writes through the own member that it is well, as the daemon does now and then. */
  void attest() throws InterruptedException {
    EtcdView seen = view.orElseThrow();
    MemberView own = seen.own().orElseThrow();
    attested++;
    Outcome outcome =
        new AttestationWriter(look, master.cluster().name())
            .attest(
                new Attestation(
                    own.id().orElseThrow(),
                    seen.cluster().orElseThrow(),
                    master.node().name(),
                    "machine of " + master.node().name(),
                    "boot",
                    attested,
                    seen.revision(),
                    0,
                    own.version(),
                    Duration.ofMillis(2),
                    List.of(),
                    own.state() == MemberState.HEALTHY,
                    "",
                    "",
                    "none",
                    HostReport.NONE,
                    clock.wall()));
    if (!(outcome instanceof Outcome.Done)) {
      throw new AssertionError(outcome.toString());
    }
  }

  /** A view and what it rests on, for the message of a failure. */
  static String told(EtcdView view) {
    StringBuilder text = new StringBuilder(view.state() + ": " + view.summary());
    view.members()
        .forEach(
            member ->
                text.append(
                    "\n  %s %s: %s %s"
                        .formatted(
                            member.name(), member.state(), member.why(), member.evidence())));
    return text.toString();
  }

  /** How long it took, where it was asked. */
  static Optional<Duration> took(Answer<?> answer) {
    return switch (answer) {
      case Answer.Got<?> got -> Optional.of(got.took());
      case Answer.Failed<?> failed -> Optional.of(failed.took());
      case Answer.NotAsked<?> _ -> Optional.empty();
    };
  }

  /** The member of that name. */
  static MemberView member(EtcdView view, String name) {
    return view.members().stream()
        .filter(member -> member.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + ": " + told(view)));
  }

  @Override
  public void close() {
    look.close();
  }
}
