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
 * what is dead needs no consent; it waits for dependencies and leaves the first move to an init
 * system that restarts by itself.
 */
final class DeadRule {
  private DeadRule() {}

  static Step decide(Policy policy, ServiceState s, Exit exit, Duration now) {
    Optional<Down> down = s.log().down();
    if (down.isEmpty()) {
      return s.phase() instanceof Phase.Starting starting
              && now.compareTo(starting.deadBelievedAt()) < 0
          ? Step.rest(s, starting, Because.PIDFILE_AWAITED, now)
          : answer(policy, count(policy, s, exit, now), now);
    }
    boolean initGaveUp = down.get().cause() == Because.INIT_RESTARTS;
    return answer(
        policy, initGaveUp ? s.with(s.log().withDown(ours(policy, s, exit, now))) : s, now);
  }

  /** The state in which this death is counted, and the time of the next start is set. */
  static ServiceState count(Policy policy, ServiceState s, Exit exit, Duration now) {
    RestartLog log = s.log();
    Duration healthyFor = log.healthySince().map(now::minus).orElse(Duration.ZERO);
    ServiceState counted =
        s.with(
            log.withAttempt(Backoff.remaining(policy, log.attempt(), healthyFor) + 1)
                .withCrash(now, policy.crash().budgetWindow()));
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
      return Step.rest(
          s,
          waiting,
          slow || down.cause() == Because.INIT_RESTARTS ? down.cause() : Because.BACKING_OFF,
          now);
    }
    return policy.observeOnly()
        ? Step.rest(s, waiting, Because.OBSERVE_ONLY, now)
        : start(
            policy, s, down.cause() == Because.INIT_RESTARTS ? Because.DIED : down.cause(), now);
  }

  static Step start(Policy policy, ServiceState s, Because why, Duration now) {
    Phase starting = new Phase.Starting(now.plus(policy.startGrace()), now);
    return Step.act(
        s.with(s.log().withoutDown()), starting, why, new Action.Start(policy.startGrace()), now);
  }

  /**
   * The init system restarts it by itself: its turn, and ours only when it does not keep its word.
   */
  static Step leftToInit(Policy policy, ServiceState s, RestartingByInit restarting, Duration now) {
    Optional<Down> known = s.log().down();
    ServiceState counted = known.isEmpty() ? count(policy, s, restarting.exit(), now) : s;
    if (known.isEmpty() || known.get().cause() == Because.INIT_RESTARTS) {
      Duration since = known.map(Down::since).orElse(now);
      Duration at = restarting.nextStart().plus(policy.crash().initGrace());
      counted =
          counted.with(
              counted
                  .log()
                  .withDown(new Down(since, restarting.exit(), at, Because.INIT_RESTARTS)));
    }
    return answer(policy, counted, now);
  }

  /** Nothing can be started: say so, and look again. */
  static Step absent(Policy policy, ServiceState s, Duration now) {
    if (s.phase() instanceof Phase.SlowRetry slow && now.compareTo(slow.nextAt()) < 0) {
      return Step.rest(s, slow, Because.UNIT_ABSENT, now);
    }
    Duration at = now.plus(policy.crash().slowRetryEvery());
    return Step.rest(
        s.with(s.log().withoutDown()), new Phase.SlowRetry(at), Because.UNIT_ABSENT, now);
  }
}
