package io.hasupervisor.scenarios;

import io.hasupervisor.assess.Tolerance;
import io.hasupervisor.decide.Policy;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The policy of the stories: the defaults of a kubelet, without jitter so that times are round. */
final class Defaults {
  private Defaults() {}

  static Policy policy(List<String> dependsOn, Set<String> words) {
    boolean docker = words.contains("docker-defaults");
    return new Policy(
        dependsOn,
        seconds(120),
        words.contains("script") ? seconds(10) : Duration.ZERO,
        words.contains("observe-only"),
        words.contains("guarded"),
        Set.of(78),
        new Policy.CrashPolicy(
            seconds(1),
            seconds(60),
            0,
            seconds(600),
            seconds(120),
            10,
            seconds(900),
            seconds(60),
            seconds(10)),
        new Policy.KillPolicy(
            docker ? 2 : 3,
            seconds(1800),
            seconds(docker ? 300 : 120),
            seconds(1800),
            seconds(5),
            seconds(docker ? 60 : 30),
            seconds(10),
            seconds(600)),
        words.contains("hook") ? List.of("/usr/local/sbin/fence") : List.of(),
        1);
  }

  static Tolerance tolerance() {
    return new Tolerance(3, 5, 8, 1, seconds(120), seconds(15));
  }

  static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }
}
