package io.hasupervisor.assess.storage;

import static io.hasupervisor.assess.Finding.Severity.CRITICAL;
import static io.hasupervisor.assess.Finding.Severity.WARNING;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.cluster.EtcdLimits.Pair;
import io.hasupervisor.observe.etcd.EtcdId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whether the masters' clocks agree, and whose does not. A Date header tells whole seconds, so one
 * second of each difference may be nothing.
 */
public final class ClockRule {
  private static final Duration GRAIN = Duration.ofSeconds(1);
  private static final String SEE = "timedatectl; chronyc tracking";
  private static final String MEND =
      "; start chrony or systemd-timesyncd there, and let it step the clock: chronyc makestep";

  /**
   * The clock of another master.
   *
   * @param ahead its time minus this host's
   */
  public record Clock(String name, Duration ahead) {}

  private ClockRule() {}

  static List<Finding> findings(
      Pair<Duration> limit, Map<EtcdId, ClockSeen> clocks, EtcdView view) {
    List<Clock> others = new ArrayList<>();
    new TreeMap<>(clocks)
        .forEach(
            (id, clock) ->
                clock
                    .ahead()
                    .ifPresent(ahead -> others.add(new Clock(Names.byId(id, view), ahead))));
    return findings(limit, Names.own(view), others);
  }

  /**
   * What is wrong with the clocks of {@code others} and this host's.
   *
   * @param own this host's name
   */
  public static List<Finding> findings(Pair<Duration> limit, String own, List<Clock> others) {
    List<Clock> wrong = others.stream().filter(clock -> apart(clock.ahead(), limit)).toList();
    if (wrong.isEmpty()) {
      return List.of();
    }
    for (Clock right : wrong) {
      List<Clock> same =
          others.stream()
              .filter(clock -> !apart(clock.ahead().minus(right.ahead()), limit))
              .toList();
      if (majority(same.size(), others.size() + 1)) {
        return List.of(ours(limit, right, same, own));
      }
    }
    boolean oursIsRight = majority(others.size() - wrong.size() + 1, others.size() + 1);
    List<Finding> findings = new ArrayList<>();
    wrong.forEach(clock -> findings.add(theirs(limit, clock, oursIsRight)));
    return findings;
  }

  /** Of two clocks neither is right. */
  private static boolean majority(int some, int all) {
    return some >= 2 && 2 * some > all;
  }

  private static boolean apart(Duration ahead, Pair<Duration> limit) {
    return sure(ahead).compareTo(limit.warning()) > 0;
  }

  private static Duration sure(Duration ahead) {
    return ahead.abs().minus(GRAIN);
  }

  private static Finding ours(Pair<Duration> limit, Clock right, List<Clock> same, String own) {
    String names = same.stream().map(Clock::name).collect(Collectors.joining(" and "));
    return finding(
        limit,
        right.ahead(),
        own,
        "this host's clock is %s %s those of %s, which agree"
            .formatted(
                Figures.time(seconds(right.ahead())),
                right.ahead().isNegative() ? "ahead of" : "behind",
                names),
        "on this host: " + SEE + MEND);
  }

  private static Finding theirs(Pair<Duration> limit, Clock clock, boolean oursIsRight) {
    return finding(
        limit,
        clock.ahead(),
        clock.name(),
        "the clock of %s is %s %s this host's, %s"
            .formatted(
                clock.name(),
                Figures.time(seconds(clock.ahead())),
                clock.ahead().isNegative() ? "behind" : "ahead of",
                oursIsRight
                    ? "which most others agree with"
                    : "and no majority tells whose is wrong"),
        (oursIsRight ? "on " + clock.name() + ": " : "on both hosts: ") + SEE + MEND);
  }

  private static Finding finding(
      Pair<Duration> limit, Duration ahead, String subject, String who, String cure) {
    boolean critical = sure(ahead).compareTo(limit.critical()) > 0;
    return Finding.of(
        "CLOCK_DIFFERS",
        critical ? CRITICAL : WARNING,
        subject,
        "%s (known to 1 s; %s above %s): certificates, tokens and leases end early or late"
            .formatted(
                who,
                critical ? "critical" : "warning",
                Figures.time(critical ? limit.critical() : limit.warning())),
        cure);
  }

  private static Duration seconds(Duration ahead) {
    return Duration.ofSeconds(Math.round(ahead.abs().toMillis() / 1e3));
  }
}
