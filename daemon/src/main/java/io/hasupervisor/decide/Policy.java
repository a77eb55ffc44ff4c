package io.hasupervisor.decide;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How one service is restarted: crash restart and health kill are two policies, for starting what
 * is dead cannot harm and killing what is alive can.
 *
 * @param dependsOn services that must be HEALTHY before this one is judged or started
 * @param startGrace time a start may take; while it runs, a failing probe that never passed does
 *     not count
 * @param deadBelievedAfter time after a start during which a missing process is no death yet (a
 *     script's pidfile appears late); zero where the init system tells at once
 * @param observeOnly watch and say what would be done, but act only on an operator's order
 * @param guarded whether its start may end what survived it and others need, as docker's on a
 *     master ends etcd: then a start needs consent, too
 * @param configExits exit codes that mean a broken configuration: no storm, straight to slow retry
 * @param seed differs from host to host, so that three masters do not retry in step
 * @param stuckHook command run once if the service stays unkillable for {@link
 *     KillPolicy#stuckHookAfter}; empty: none
 */
public record Policy(
    List<String> dependsOn,
    Duration startGrace,
    Duration deadBelievedAfter,
    boolean observeOnly,
    boolean guarded,
    Set<Integer> configExits,
    CrashPolicy crash,
    KillPolicy kill,
    List<String> stuckHook,
    long seed) {

  /**
   * Restarting what is dead.
   *
   * @param firstDelay delay of the second start; the first is at once, each further one doubles
   * @param maxDelay cap of the doubling, before jitter
   * @param jitter part of the delay that is added at most, 0 to 1; it never shortens
   * @param resetAfter this long HEALTHY without a break forgets all attempts
   * @param stepDownEvery each such time HEALTHY forgets one attempt
   * @param budget deaths within {@code budgetWindow} that are answered with backoff; beyond: slow
   *     retry, for ever
   * @param slowRetryEvery interval of slow retry
   * @param initGrace how long after the init system's own announced restart we still leave it to
   *     the init system
   */
  public record CrashPolicy(
      Duration firstDelay,
      Duration maxDelay,
      double jitter,
      Duration resetAfter,
      Duration stepDownEvery,
      int budget,
      Duration budgetWindow,
      Duration slowRetryEvery,
      Duration initGrace) {}

  /**
   * Killing what is alive but sick.
   *
   * @param budget kills within {@code budgetWindow}; beyond: one per {@code slowKillEvery}
   * @param spacing least time between two kills
   * @param capture longest time for the evidence taken before
   * @param term patience between TERM and KILL
   * @param kill patience between KILL and the verdict STUCK
   */
  public record KillPolicy(
      int budget,
      Duration budgetWindow,
      Duration spacing,
      Duration slowKillEvery,
      Duration capture,
      Duration term,
      Duration kill,
      Duration stuckHookAfter) {

    /** Time after which a stop by somebody else counts as hung: a whole ladder and a minute. */
    public Duration stopLimit() {
      return term.plus(kill).plusMinutes(1);
    }
  }
}
