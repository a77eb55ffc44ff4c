package io.hasupervisor.simulation;

import io.hasupervisor.decide.Policy;
import java.time.Duration;

/** How long a service may take to be well again once nothing stands in the way any more. */
final class Patience {
  private Patience() {}

  static Duration of(Policy policy) {
    Policy.CrashPolicy crash = policy.crash();
    Policy.KillPolicy kill = policy.kill();
    double stretch = 1 + crash.jitter();
    Duration start =
        stretched(crash.maxDelay(), stretch)
            .plus(stretched(crash.slowRetryEvery(), stretch))
            .plus(crash.initGrace())
            .plus(policy.startGrace());
    Duration condemned =
        policy
            .startGrace()
            .multipliedBy(2)
            .plus(kill.slowKillEvery())
            .plus(Duration.ofSeconds(30 + 60));
    Duration ladder =
        kill.stopLimit().plus(kill.capture()).plus(kill.term()).plus(kill.kill().multipliedBy(3));
    return start.plus(condemned).plus(ladder).plusSeconds(60);
  }

  private static Duration stretched(Duration delay, double by) {
    return Duration.ofNanos((long) (delay.toNanos() * by));
  }
}
