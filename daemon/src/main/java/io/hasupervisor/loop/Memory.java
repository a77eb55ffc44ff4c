package io.hasupervisor.loop;

import io.hasupervisor.decide.Because;
import io.hasupervisor.decide.Event.Order;
import io.hasupervisor.decide.Facts;
import io.hasupervisor.decide.Hold;
import io.hasupervisor.decide.Phase;
import io.hasupervisor.decide.Policy;
import io.hasupervisor.decide.RestartLog;
import io.hasupervisor.decide.RestartLog.Down;
import io.hasupervisor.decide.ServiceState;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What outlives this daemon. Within one boot counters and delays go on where they were; after a
 * reboot only tallies and holds count.
 *
 * @param bootId the kernel's id of the boot in which {@code at} and all monotonic times are meant
 * @param at monotonic time of this memory
 * @param wall wall time of this memory
 */
public record Memory(String bootId, Duration at, Instant wall, Map<String, Service> services)
    implements Remembered<Memory> {

  /** A step of the wall clock beyond this makes the written wall times wrong. */
  private static final Duration CLOCK_STEP = Duration.ofSeconds(5);

  /**
   * What is remembered of one service.
   *
   * @param stopUnfinished whether the hold's order to stop has not been carried out to its end
   */
  public record Service(RestartLog log, Optional<Hold> hold, boolean stopUnfinished, Tally tally) {

    /**
     * Takes what is worth remembering from {@code state}. Evidence is not, nor the healthy time:
     * while the daemon is away nobody sees whether it goes on.
     */
    public static Service of(ServiceState state, Tally tally) {
      RestartLog log = state.log();
      RestartLog kept =
          new RestartLog(
              log.attempt(),
              log.crashes(),
              log.kills(),
              log.life(),
              log.down(),
              Optional.empty(),
              log.lastExit());
      return new Service(kept, state.facts().hold(), state.stopUnfinished(), tally);
    }
  }

  public Memory {
    services = Map.copyOf(services);
  }

  /** Nothing is remembered. */
  public static Memory none() {
    return new Memory("", Duration.ZERO, Instant.EPOCH, Map.of());
  }

  /** Services by name, for an encoding that is always the same. */
  Map<String, Service> sorted() {
    return new TreeMap<>(services);
  }

  @Override
  public boolean differsFrom(Memory before) {
    Duration step = Duration.between(before.wall.minus(before.at), wall.minus(at)).abs();
    return !bootId.equals(before.bootId)
        || !services.equals(before.services)
        || step.compareTo(CLOCK_STEP) > 0;
  }

  /** The tally of this service. */
  public Tally tally(String service) {
    return Optional.ofNullable(services.get(service)).map(Service::tally).orElse(Tally.EMPTY);
  }

  /**
   * The state in which this service's supervision goes on: without evidence, with what is
   * remembered, and with the order to stop that this daemon's end has interrupted.
   *
   * @param boot the kernel's id of the present boot
   * @param now monotonic
   * @param wallNow the wall clock; where it reads earlier than this memory it is not believed, and
   *     holds keep what was left of them
   */
  public ServiceState resumed(
      String service, Policy policy, String boot, Duration now, Instant wallNow) {
    Service kept = services.get(service);
    if (kept == null) {
      return ServiceState.initial(now);
    }
    // A clock behind this boot's own memory is a host restored from a snapshot: another life.
    boolean sameBoot = bootId.equals(boot) && now.compareTo(at) >= 0;
    RestartLog log = sameBoot ? capped(policy, kept.log(), now) : RestartLog.empty();
    Duration passed = sameBoot ? now.minus(at) : passed(wallNow);
    Optional<Hold> hold = kept.hold().flatMap(held -> continued(held, passed, now));
    // Only an order that was still on its way: what somebody started after a stop is left alone.
    Optional<Order> order =
        hold.filter(_ -> sameBoot && kept.stopUnfinished()).map(Order.Stop::new);
    Facts none = Facts.none();
    Facts facts =
        new Facts(
            none.run(),
            none.believeFrom(),
            none.verdict(),
            none.waitingOn(),
            none.dependenciesBackAt(),
            hold,
            order,
            none.refusal());
    return new ServiceState(
        new Phase.Unknown(), now, Because.NO_EVIDENCE, facts, log, Optional.empty());
  }

  private Duration passed(Instant wallNow) {
    return wallNow.isBefore(wall) ? Duration.ZERO : Duration.between(wall, wallNow);
  }

  private Optional<Hold> continued(Hold hold, Duration passed, Duration now) {
    if (hold.until().isEmpty()) {
      return Optional.of(hold);
    }
    Duration left = hold.until().get().minus(at).minus(passed);
    return left.isPositive()
        ? Optional.of(new Hold(hold.kind(), hold.by(), hold.reason(), Optional.of(now.plus(left))))
        : Optional.empty();
  }

  /** A delay longer than the policy would give now, or a damaged file, does not keep it down. */
  private static RestartLog capped(Policy policy, RestartLog log, Duration now) {
    return new RestartLog(
        log.attempt(),
        log.crashes(),
        log.kills(),
        log.life(),
        log.down().map(down -> capped(policy.crash(), down, now)),
        Optional.empty(),
        log.lastExit());
  }

  private static Down capped(Policy.CrashPolicy crash, Down down, Duration now) {
    boolean slow =
        down.cause() == Because.CONFIG_EXIT || down.cause() == Because.CRASH_BUDGET_SPENT;
    Duration cap = slow ? crash.slowRetryEvery() : crash.maxDelay();
    Duration latest = now.plus(cap).plusNanos((long) (cap.toNanos() * crash.jitter()));
    return down.nextAt().compareTo(latest) > 0
        ? new Down(down.since(), down.exit(), latest, down.cause())
        : down;
  }
}
