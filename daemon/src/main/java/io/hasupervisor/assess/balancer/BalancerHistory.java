package io.hasupervisor.assess.balancer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is remembered of the load balancer from round to round.
 *
 * @param held the verdict that holds, since {@code since}; empty before one does
 * @param recent verdicts of the last rounds, the newest last
 * @param everServed whether a connection of this host was ever served: then it can be reached from
 *     here
 * @param certificates of the masters
 * @param reached when each master last answered through it, by name
 * @param watched monotonic time of the first round; empty before it
 */
public record BalancerHistory(
    Optional<Held> held,
    List<Verdict> recent,
    boolean everServed,
    MasterCertificates certificates,
    Map<String, Duration> reached,
    Optional<Duration> watched) {
  /** Rounds that are looked back on. */
  private static final int REMEMBERED = 6;

  /** Failed rounds that count: one may be lost to the restart of a master. */
  private static final int ENOUGH = 3;

  /** How long a master counts as reached. */
  static final Duration LATELY = Duration.ofMinutes(5);

  /** A verdict that holds since then. */
  record Held(Verdict verdict, Duration since) {}

  public BalancerHistory {
    recent = List.copyOf(recent);
    reached = Map.copyOf(reached);
  }

  /** Before the first round. */
  public static BalancerHistory none() {
    return new BalancerHistory(
        Optional.empty(), List.of(), false, MasterCertificates.NONE, Map.of(), Optional.empty());
  }

  /** With what was learnt of certificates, and who was reached. */
  BalancerHistory then(
      MasterCertificates known, List<String> through, boolean served, Duration at) {
    Map<String, Duration> lately = new HashMap<>(reached);
    through.forEach(master -> lately.put(master, at));
    lately.values().removeIf(last -> at.minus(last).compareTo(LATELY) > 0);
    return new BalancerHistory(
        held, recent, everServed || served, known, lately, Optional.of(watched.orElse(at)));
  }

  /** With a round's verdict, which holds from now on where enough others agree. */
  BalancerHistory then(Verdict verdict, Duration at) {
    List<Verdict> rounds = new ArrayList<>(recent);
    rounds.add(verdict);
    if (rounds.size() > REMEMBERED) {
      rounds.removeFirst();
    }
    boolean adopted = adopts(verdict, rounds);
    // What lies before an outage that has ended says nothing of what comes after it.
    List<Verdict> kept = adopted && verdict.well() ? List.of(verdict) : rounds;
    return new BalancerHistory(
        adopted ? Optional.of(new Held(verdict, since(verdict, at))) : held,
        kept,
        everServed,
        certificates,
        reached,
        watched);
  }

  private boolean adopts(Verdict verdict, List<Verdict> rounds) {
    Optional<Verdict> before = held.map(Held::verdict);
    boolean outage = before.filter(Verdict::wholly).isPresent();
    if (verdict.well()) {
      return before.isEmpty() || outage || rounds.stream().allMatch(Verdict::well);
    }
    if (verdict.wholly()) {
      List<Verdict> last = rounds.subList(Math.max(0, rounds.size() - ENOUGH), rounds.size());
      return outage || (last.size() == ENOUGH && last.stream().allMatch(Verdict::wholly));
    }
    return before.filter(it -> !it.well()).isPresent()
        || rounds.stream().filter(Verdict::partly).count() >= ENOUGH;
  }

  private Duration since(Verdict verdict, Duration at) {
    return held.filter(it -> it.verdict().state() == verdict.state()).map(Held::since).orElse(at);
  }
}
