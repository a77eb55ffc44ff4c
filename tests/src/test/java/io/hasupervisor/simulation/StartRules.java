package io.hasupervisor.simulation;

import static io.hasupervisor.simulation.Violation.unless;

import io.hasupervisor.decide.Because;
import io.hasupervisor.decide.Phase;
import io.hasupervisor.decide.Policy;
import io.hasupervisor.decide.Purpose;
import io.hasupervisor.decide.RestartLog.Down;
import io.hasupervisor.decide.ServiceState;
import io.hasupervisor.decide.Step;
import io.hasupervisor.observe.RunState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** When a start may be given. */
final class StartRules {
  private final Policy policy;
  private final Known known;

  /** Deaths since the last long healthy time, oldest first. */
  private final List<Duration> crashes = new ArrayList<>();

  private Optional<Duration> healthySince = Optional.empty();

  StartRules(Policy policy, Known known) {
    this.policy = policy;
    this.known = known;
  }

  void check(ServiceState before, Step step, Duration now) {
    RunState run = known.run().orElseThrow(() -> new Violation("no start without evidence"));
    unless(
        run instanceof RunState.Dead || run instanceof RunState.RestartingByInit,
        "only what is dead is started");
    unless(known.hold.isEmpty(), "nothing held is started");
    if (policy.guarded()) {
      // An order that comes while consent to the same start is asked is served by it.
      boolean byOrder =
          known.yes.filter(yes -> yes.purpose() == Purpose.OPERATOR_START).isPresent();
      KillRules.checkYes(known, byOrder ? Purpose.OPERATOR_START : Purpose.START, now);
    }
    boolean byOrder =
        known.ordered || Optional.of(step.because()).filter(StartRules::order).isPresent();
    unless(!policy.observeOnly() || byOrder, "observe-only starts on orders only");
    if (byOrder) {
      return;
    }
    unless(
        known.waitingOn.stream().allMatch(dependency -> dependency.alive()),
        "nothing is started while a dependency is dead");
    if (run instanceof RunState.RestartingByInit restarting) {
      unless(
          now.compareTo(restarting.nextStart().plus(policy.crash().initGrace())) >= 0,
          "the init system's own restart comes first");
    }
    checkCause(before, step.because(), now);
  }

  private static boolean order(Because because) {
    return because == Because.OPERATOR_START
        || because == Because.OPERATOR_RESTART
        || because == Because.OPERATOR_RETRY;
  }

  private void checkCause(ServiceState before, Because because, Duration now) {
    if (known.startRefused) {
      unless(
          before.log().down().filter(down -> now.compareTo(down.nextAt()) < 0).isEmpty()
              || known.letGo
              || known.causeChanged
              || known.dependencyCameBack,
          "a refused start is not tried again before its time");
      return;
    }
    switch (because) {
      case DIED, START_FAILED, CRASH_BUDGET_SPENT, CONFIG_EXIT -> {
        Optional<Down> down = before.log().down();
        boolean waited =
            down.map(d -> d.cause() == Because.INIT_RESTARTS || now.compareTo(d.nextAt()) >= 0)
                .orElse(
                    before.log().attempt() == 0
                        || firstAfterHealth(now, before)
                        || known.termFor.isPresent());
        boolean cutShort = known.letGo || known.causeChanged || known.dependencyCameBack;
        unless(waited || cutShort, "a start waits for its delay");
      }
      case NOT_RUNNING -> unless(!known.ran, "NOT_RUNNING only before the first life");
      case KILLED ->
          unless(
              known.termFor.isPresent() || before.phase() instanceof Phase.Stuck,
              "KILLED means that we stopped it");
      case DEPENDENCY_BACK -> unless(known.dependencyCameBack, "a dependency came back");
      case CAUSE_CHANGED -> unless(known.causeChanged, "a cause changed");
      case HOLD_OVER, RELEASED -> unless(known.letGo, "a hold ended");
      default -> throw new Violation("no start because " + because);
    }
  }

  private boolean firstAfterHealth(Duration now, ServiceState before) {
    Duration healthyFor = before.log().healthySince().map(now::minus).orElse(Duration.ZERO);
    return before.log().attempt() <= healthyFor.dividedBy(policy.crash().stepDownEvery())
        || healthyFor.compareTo(policy.crash().resetAfter()) >= 0;
  }

  /** Each newly counted death: its attempt, its delay, and whether its budget is spent. */
  void checkDelay(ServiceState before, Step step, Duration now) {
    ServiceState next = step.next();
    Optional<Down> down = next.log().down();
    boolean counted = next.log().crashes().contains(now) && !before.log().crashes().contains(now);
    note(next, now);
    if (counted) {
      unless(known.ran || known.stirred, "what was never seen to live has not died");
      crashes.add(now);
    }
    if (counted && down.isPresent()) {
      checkCounted(down.get(), next.log().attempt());
    }
  }

  private void checkCounted(Down down, int attempt) {
    Duration slow = policy.crash().slowRetryEvery();
    Duration wait = down.nextAt().minus(down.since());
    boolean spent =
        crashes.stream()
                .filter(at -> at.compareTo(down.since().minus(policy.crash().budgetWindow())) > 0)
                .count()
            > policy.crash().budget();
    switch (down.cause()) {
      case DIED, START_FAILED -> {
        unless(!spent, "a spent crash budget means slow retry");
        bounded(wait, nominal(attempt));
      }
      case CRASH_BUDGET_SPENT -> {
        unless(spent, "slow retry only where the crash budget is spent");
        bounded(wait, slow);
      }
      case CONFIG_EXIT -> bounded(wait, slow);
      case INIT_RESTARTS, OPERATOR_RESTART -> {}
      // It ended while the start that failed was in flight.
      case HOLD_OVER -> unless(known.letGo, "a hold that ends cuts a delay short");
      default -> throw new Violation("no death is counted as " + down.cause());
    }
  }

  private void bounded(Duration wait, Duration least) {
    double most = (double) least.toNanos() * (1 + policy.crash().jitter()) + 1;
    unless(
        wait.compareTo(least) >= 0 && (double) wait.toNanos() <= most,
        "a delay of " + wait + " is not within " + least + " and its jitter");
  }

  /** 0, then first, 2 first, 4 first ... up to the cap. */
  private Duration nominal(int attempt) {
    if (attempt <= 1) {
      return Duration.ZERO;
    }
    double nanos =
        (double) policy.crash().firstDelay().toNanos() * Math.pow(2, Math.min(attempt - 2, 40));
    return Duration.ofNanos((long) Math.min(nanos, (double) policy.crash().maxDelay().toNanos()));
  }

  private void note(ServiceState next, Duration now) {
    forget(now);
    healthySince =
        next.phase() instanceof Phase.Healthy
            ? healthySince.or(() -> Optional.of(now))
            : Optional.empty();
  }

  private void forget(Duration now) {
    if (healthySince
        .filter(at -> now.minus(at).compareTo(policy.crash().resetAfter()) >= 0)
        .isPresent()) {
      crashes.clear();
    }
  }
}
