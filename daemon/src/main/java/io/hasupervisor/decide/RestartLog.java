package io.hasupervisor.decide;

import io.hasupervisor.observe.Exit;
import io.hasupervisor.observe.Incarnation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was done and suffered lately: the memory behind backoff and budgets. All times are monotonic
 * since boot.
 *
 * @param attempt starts since the last reset; the next one waits for {@link Backoff#delay}
 * @param crashes times of deaths that were not by our hand, oldest first
 * @param kills times of health kills, oldest first
 * @param life the life seen last
 * @param down the present death, from its counting to the next start
 * @param healthySince start of the present unbroken HEALTHY time
 * @param lastExit how the last life ended
 */
public record RestartLog(
    int attempt,
    List<Duration> crashes,
    List<Duration> kills,
    Optional<Incarnation> life,
    Optional<Down> down,
    Optional<Duration> healthySince,
    Optional<Exit> lastExit) {

  /**
   * A death that has been counted.
   *
   * @param nextAt when it is answered with a start
   * @param cause why the start waits until then
   */
  public record Down(Duration since, Exit exit, Duration nextAt, Because cause) {
    Down startingAt(Duration at, Because why) {
      return new Down(since, exit, at, why);
    }
  }

  /** Nothing has happened. */
  public static RestartLog empty() {
    return new RestartLog(
        0,
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Times within {@code window} before {@code now}. */
  public static List<Duration> within(List<Duration> times, Duration window, Duration now) {
    return times.stream().filter(time -> time.compareTo(now.minus(window)) > 0).toList();
  }

  RestartLog withLife(Incarnation next) {
    return new RestartLog(
        attempt, crashes, kills, Optional.of(next), Optional.empty(), healthySince, lastExit);
  }

  RestartLog withDown(Down next) {
    return new RestartLog(
        attempt,
        crashes,
        kills,
        life,
        Optional.of(next),
        Optional.empty(),
        Optional.of(next.exit()));
  }

  RestartLog withoutDown() {
    return new RestartLog(attempt, crashes, kills, life, Optional.empty(), healthySince, lastExit);
  }

  RestartLog withAttempt(int next) {
    return new RestartLog(next, crashes, kills, life, down, healthySince, lastExit);
  }

  /** After a long healthy time: no attempt and no crash counts any more. */
  RestartLog reset() {
    return new RestartLog(0, List.of(), kills, life, down, healthySince, lastExit);
  }

  RestartLog withHealthySince(Optional<Duration> since) {
    return new RestartLog(attempt, crashes, kills, life, down, since, lastExit);
  }

  RestartLog withCrash(Duration at, Duration window) {
    return new RestartLog(
        attempt, appended(crashes, at, window), kills, life, down, healthySince, lastExit);
  }

  RestartLog withKill(Duration at, Duration window) {
    return new RestartLog(
        attempt, crashes, appended(kills, at, window), life, down, healthySince, lastExit);
  }

  private static List<Duration> appended(List<Duration> times, Duration at, Duration window) {
    List<Duration> next = new ArrayList<>(within(times, window, at));
    next.add(at);
    return List.copyOf(next);
  }
}
