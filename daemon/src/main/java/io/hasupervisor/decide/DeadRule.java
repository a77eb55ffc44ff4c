package io.hasupervisor.decide;

import io.hasupervisor.decide.Event.Dependency;
import io.hasupervisor.decide.Policy.CrashPolicy;
import io.hasupervisor.decide.RestartLog.Down;
import io.hasupervisor.observe.Exit;
import io.hasupervisor.observe.RunState.RestartingByInit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is dead is started: at once the first time, then with growing delays, and for ever. Starting
 * what is dead needs no consent, unless it is guarded: then that is asked right before each start.
 * It waits for dependencies and leaves the first move to an init system that restarts by itself.
 */
final class DeadRule {
  private DeadRule() {}

  static Step decide(Policy policy, ServiceState s, Exit exit, Duration now) {
    Optional<Down> down = s.log().down();
    if (down.isEmpty()) {
      return switch (s.phase()) {
        case Phase.Starting starting when now.compareTo(starting.deadBelievedAt()) < 0 ->
            Step.rest(s, pidfileAwaited(starting), Because.PIDFILE_AWAITED, now);
        case Phase.Asking _ -> {
          ServiceState overtaken = s.with(new Phase.Unknown(), s.because(), now);
          yield answer(policy, count(policy, overtaken, exit, now), now);
        }
        case Phase.Stuck _ -> answer(policy, killed(policy, s, exit, now), now);
        case Phase.Unknown _, Phase.SlowRetry _ when neverLived(s) ->
            answer(policy, notRunning(s, exit, now), now);
        default -> answer(policy, count(policy, s, exit, now), now);
      };
    }
    boolean initGaveUp = down.get().cause() == Because.INIT_RESTARTS;
    return answer(
        policy, initGaveUp ? s.with(s.log().withDown(ours(policy, s, exit, now))) : s, now);
  }

  private static boolean neverLived(ServiceState s) {
    return s.log().life().isEmpty() && s.log().lastExit().isEmpty();
  }

  /** Found not running at the first look, as after a boot or an install: no death that counts. */
  private static ServiceState notRunning(ServiceState s, Exit exit, Duration now) {
    return s.with(s.log().withDown(new Down(now, exit, now, Because.NOT_RUNNING)));
  }

  private static Phase pidfileAwaited(Phase.Starting starting) {
    return new Phase.Starting(starting.deadBelievedAt(), starting.deadBelievedAt());
  }

  /** The state after a death by our hand: no crash, answered at once. */
  static ServiceState killed(Policy policy, ServiceState s, Exit exit, Duration now) {
    RestartLog log = Backoff.healthEnded(policy, s.log(), now);
    return s.with(log.withDown(new Down(now, exit, now, Because.KILLED)));
  }

  /** The state in which this death is counted, and the time of the next start is set. */
  static ServiceState count(Policy policy, ServiceState s, Exit exit, Duration now) {
    RestartLog log = Backoff.healthEnded(policy, s.log(), now);
    ServiceState counted =
        s.with(log.withAttempt(log.attempt() + 1).withCrash(now, policy.crash().budgetWindow()));
    return counted.with(counted.log().withDown(ours(policy, counted, exit, now)));
  }

  private static Down ours(Policy policy, ServiceState s, Exit exit, Duration now) {
    CrashPolicy crash = policy.crash();
    int attempt = s.log().attempt();
    boolean configExit =
        exit.kind() == Exit.Kind.EXITED && policy.configExits().contains(exit.value());
    if (configExit
        || RestartLog.within(s.log().crashes(), crash.budgetWindow(), now).size()
            > crash.budget()) {
      Duration at = now.plus(Backoff.jittered(policy, crash.slowRetryEvery(), attempt));
      return new Down(now, exit, at, configExit ? Because.CONFIG_EXIT : Because.CRASH_BUDGET_SPENT);
    }
    Because cause = exit.kind() == Exit.Kind.START_FAILED ? Because.START_FAILED : Because.DIED;
    return new Down(now, exit, now.plus(Backoff.delay(policy, attempt)), cause);
  }

  /** A counted death: wait for dependencies, wait for the delay, then start. */
  static Step answer(Policy policy, ServiceState s, Duration now) {
    Down down = s.log().down().orElseThrow();
    if (s.phase() instanceof Phase.Asking(Because why) && ordered(why)) {
      return start(policy, s, why, now);
    }
    List<Dependency> missing = s.facts().waitingOn();
    if (!missing.isEmpty()) {
      List<String> names = missing.stream().map(Dependency::name).toList();
      boolean anyDead = missing.stream().anyMatch(dependency -> !dependency.alive());
      Duration patience = down.since().plus(policy.crash().slowRetryEvery());
      if (anyDead || now.compareTo(patience) < 0) {
        Optional<Duration> nextAt = anyDead ? Optional.empty() : Optional.of(patience);
        return Step.rest(s, new Phase.Waiting(names, nextAt), Because.DEPENDENCY_NOT_HEALTHY, now);
      }
    }
    boolean slow =
        down.cause() == Because.CONFIG_EXIT || down.cause() == Because.CRASH_BUDGET_SPENT;
    Phase waiting =
        slow
            ? new Phase.SlowRetry(down.nextAt())
            : new Phase.Backoff(s.log().attempt(), down.nextAt());
    if (now.compareTo(down.nextAt()) < 0) {
      if (s.phase() instanceof Phase.Held held && refusedUntil(held, down)) {
        return Step.rest(s, held, Because.CONSENT_REFUSED, now);
      }
      return Step.rest(
          s,
          waiting,
          slow || down.cause() == Because.INIT_RESTARTS ? down.cause() : Because.BACKING_OFF,
          now);
    }
    return policy.observeOnly() && !ordered(down.cause())
        ? Step.rest(s, new Phase.Waiting(List.of(), Optional.empty()), Because.OBSERVE_ONLY, now)
        : start(
            policy, s, down.cause() == Because.INIT_RESTARTS ? Because.DIED : down.cause(), now);
  }

  /** Whether it is this start that consent was refused to, and not a kill before its death. */
  private static boolean refusedUntil(Phase.Held held, Down down) {
    return held.hold().kind() == Hold.Kind.GUARD
        && held.hold().until().equals(Optional.of(down.nextAt()));
  }

  static boolean ordered(Because cause) {
    return switch (cause) {
      case OPERATOR_START, OPERATOR_RESTART, OPERATOR_RETRY -> true;
      default -> false;
    };
  }

  /**
   * Starts it, or asks for consent to that first; whatever start an operator still waits for is
   * this one.
   */
  static Step start(Policy policy, ServiceState s, Because why, Duration now) {
    if (policy.guarded() && !(s.phase() instanceof Phase.Asking)) {
      return ask(s, why, now);
    }
    Phase starting = new Phase.Starting(now.plus(policy.startGrace()), now);
    ServiceState served = s.with(s.log().withoutDown()).with(s.facts().withOrder(Optional.empty()));
    return Step.act(served, starting, why, new Action.Start(policy.startGrace()), now);
  }

  private static Step ask(ServiceState s, Because why, Duration now) {
    Exit exit = s.log().lastExit().orElseGet(() -> Exit.unknown(""));
    Down down = s.log().down().orElse(new Down(now, exit, now, Because.NOT_RUNNING));
    ServiceState asking =
        s.with(s.log().withDown(down)).with(s.facts().withOrder(Optional.empty()));
    return Step.act(
        asking,
        new Phase.Asking(why),
        Because.CONSENT_ASKED,
        new Action.AskConsent(
            ordered(why) ? Purpose.OPERATOR_START : Purpose.START, Consent.Stage.NOW),
        now);
  }

  /**
   * The init system restarts it by itself: its turn, whatever delay was ours, and our turn again
   * only when it does not keep its word.
   */
  static Step leftToInit(Policy policy, ServiceState s, RestartingByInit restarting, Duration now) {
    ServiceState counted =
        s.log().down().isPresent() ? s : count(policy, s, restarting.exit(), now);
    Down down = counted.log().down().orElseThrow();
    Duration word = restarting.nextStart().plus(policy.crash().initGrace());
    Duration at = word.compareTo(down.nextAt()) > 0 ? word : down.nextAt();
    Down left = new Down(down.since(), restarting.exit(), at, Because.INIT_RESTARTS);
    return answer(policy, counted.with(counted.log().withDown(left)), now);
  }

  /** Nothing can be started: say so, and look again. */
  static Step absent(Policy policy, ServiceState s, Duration now) {
    if (s.phase() instanceof Phase.SlowRetry slow && now.compareTo(slow.nextAt()) < 0) {
      return Step.rest(s, slow, Because.UNIT_ABSENT, now);
    }
    Duration at = now.plus(policy.crash().slowRetryEvery());
    return Step.rest(
        s.with(Backoff.healthEnded(policy, s.log(), now).withoutDown()),
        new Phase.SlowRetry(at),
        Because.UNIT_ABSENT,
        now);
  }
}
