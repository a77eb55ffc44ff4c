package io.hasupervisor.config;

import io.hasupervisor.config.DaemonKeys.Mode;
import io.hasupervisor.config.ServiceKeys.Kind;
import io.hasupervisor.decide.Policy;
import io.hasupervisor.decide.Policy.CrashPolicy;
import io.hasupervisor.decide.Policy.KillPolicy;
import java.time.Duration;
import java.util.Set;

/**
 * How one service is restarted.
 *
 * @param observeAll nothing is done for any service
 * @param master whether this host is a master: there a start of docker may end etcd
 * @param hostId seeds the jitter together with the service's name
 */
record PolicyReader(boolean observeAll, boolean master, String hostId) {

  Policy read(String name, Section service) {
    boolean script = service.get(ServiceKeys.KIND) == Kind.SCRIPT;
    Section kill = killOf(service);
    return new Policy(
        service.get(ServiceKeys.DEPENDS_ON),
        service.get(ServiceKeys.START_GRACE),
        script ? service.get(ServiceKeys.PIDFILE_GRACE) : Duration.ZERO,
        observeAll || service.get(ServiceKeys.MODE) == Mode.OBSERVE,
        master && name.equals("docker"),
        Set.copyOf(service.get(ServiceKeys.CONFIG_EXIT_CODES)),
        crash(service.section(ServiceKeys.CRASH, PolicyKeys.CRASH_SHAPE)),
        kill(kill),
        kill.get(PolicyKeys.STUCK_HOOK),
        seed(hostId + "/" + name));
  }

  Duration captureLimit(Section service) {
    return killOf(service).get(PolicyKeys.CAPTURE_LIMIT);
  }

  private static Section killOf(Section service) {
    return service.section(ServiceKeys.KILL, PolicyKeys.KILL_SHAPE);
  }

  private static CrashPolicy crash(Section crash) {
    Duration first = crash.get(PolicyKeys.FIRST_DELAY);
    Duration max = crash.get(PolicyKeys.MAX_DELAY);
    if (first.compareTo(max) > 0) {
      crash.reject(
          PolicyKeys.FIRST_DELAY,
          "must be at most max-delay, and "
              + Amounts.shown(first)
              + " is more than "
              + Amounts.shown(max));
    }
    return new CrashPolicy(
        first,
        max,
        crash.get(PolicyKeys.JITTER),
        crash.get(PolicyKeys.RESET_AFTER),
        crash.get(PolicyKeys.STEP_DOWN_EVERY),
        crash.get(PolicyKeys.CRASH_BUDGET),
        crash.get(PolicyKeys.CRASH_WINDOW),
        crash.get(PolicyKeys.SLOW_RETRY_EVERY),
        crash.get(PolicyKeys.INIT_GRACE));
  }

  private static KillPolicy kill(Section kill) {
    Duration spacing = kill.get(PolicyKeys.SPACING);
    Duration slow = kill.get(PolicyKeys.SLOW_KILL_EVERY);
    if (spacing.compareTo(slow) > 0) {
      kill.reject(
          PolicyKeys.SPACING,
          "must be at most slow-kill-every, and "
              + Amounts.shown(spacing)
              + " is more than "
              + Amounts.shown(slow));
    }
    return new KillPolicy(
        kill.get(PolicyKeys.KILL_BUDGET),
        kill.get(PolicyKeys.KILL_WINDOW),
        spacing,
        slow,
        kill.get(PolicyKeys.CAPTURE_LIMIT),
        kill.get(PolicyKeys.TERM_WAIT),
        kill.get(PolicyKeys.KILL_WAIT),
        kill.get(PolicyKeys.STUCK_HOOK_AFTER));
  }

  /** FNV-1a: the same on every run, and the decision's own mixing does the rest. */
  private static long seed(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }
}
