package io.hasupervisor.simulation;

import io.hasupervisor.decide.Policy;
import io.hasupervisor.decide.Policy.CrashPolicy;
import io.hasupervisor.decide.Policy.KillPolicy;
import java.time.Duration;
import java.util.Set;

/** Policies that differ from the configured one in the way of one planted fault. */
final class WrongPolicies {
  private WrongPolicies() {}

  static Policy crash(Policy p, Duration firstDelay, Duration maxDelay) {
    CrashPolicy c = p.crash();
    return with(
        p,
        p.observeOnly(),
        new CrashPolicy(
            firstDelay,
            maxDelay,
            c.jitter(),
            c.resetAfter(),
            c.stepDownEvery(),
            c.budget(),
            c.budgetWindow(),
            c.slowRetryEvery(),
            c.initGrace()),
        p.kill());
  }

  static Policy givingUp(Policy p) {
    CrashPolicy c = p.crash();
    return with(
        p,
        p.observeOnly(),
        new CrashPolicy(
            c.firstDelay(),
            c.maxDelay(),
            c.jitter(),
            c.resetAfter(),
            c.stepDownEvery(),
            c.budget(),
            c.budgetWindow(),
            Faults.YEAR,
            c.initGrace()),
        p.kill());
  }

  static Policy kill(Policy p, Duration spacing, Duration term) {
    KillPolicy k = p.kill();
    return with(
        p,
        p.observeOnly(),
        p.crash(),
        new KillPolicy(
            k.budget(),
            k.budgetWindow(),
            spacing,
            k.slowKillEvery(),
            k.capture(),
            term,
            k.kill(),
            k.stuckHookAfter()));
  }

  static Policy observe(Policy p, boolean observeOnly) {
    return with(p, observeOnly, p.crash(), p.kill());
  }

  private static Policy with(Policy p, boolean observeOnly, CrashPolicy crash, KillPolicy kill) {
    return new Policy(
        p.dependsOn(),
        p.startGrace(),
        p.deadBelievedAfter(),
        observeOnly,
        Set.copyOf(p.configExits()),
        crash,
        kill,
        p.stuckHook(),
        p.seed());
  }
}
