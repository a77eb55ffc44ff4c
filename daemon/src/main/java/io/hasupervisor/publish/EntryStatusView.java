package io.hasupervisor.publish;

import io.hasupervisor.assess.api.ApiserverView;
import io.hasupervisor.assess.balancer.BalancerView;
import io.hasupervisor.assess.entry.EntryView;
import io.hasupervisor.assess.leader.LeaderView;
import io.hasupervisor.observe.leader.LeaderRecord;
import io.hasupervisor.publish.EntryStatus.ApiserverStatus;
import io.hasupervisor.publish.EntryStatus.BalancerStatus;
import io.hasupervisor.publish.EntryStatus.LeaderStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Pure: what is thought of the way into the cluster turned into what is published. */
public final class EntryStatusView {
  private static final int WORDS = 200;

  private EntryStatusView() {}

  /**
   * The whole of it.
   *
   * @param now monotonic time, {@code wall} the same for people
   */
  public static EntryStatus of(EntryView view, Duration now, Instant wall) {
    Function<Duration, Instant> time = then -> wall.minus(now).plus(then);
    return new EntryStatus(
        view.apiservers().stream().map(it -> apiserver(it, time)).toList(),
        view.balancer().map(it -> balancer(it, time)),
        view.leaders().stream().map(it -> leader(it, time)).toList());
  }

  private static ApiserverStatus apiserver(ApiserverView it, Function<Duration, Instant> time) {
    return new ApiserverStatus(
        it.master(),
        it.url(),
        it.own(),
        it.state().name(),
        time.apply(it.since()),
        Plain.line(it.why(), WORDS),
        Plain.line(it.cause(), WORDS));
  }

  private static BalancerStatus balancer(BalancerView it, Function<Duration, Instant> time) {
    return new BalancerStatus(
        it.address(),
        it.state().name(),
        time.apply(it.since()),
        Plain.line(it.why(), WORDS),
        it.reached());
  }

  private static LeaderStatus leader(LeaderView it, Function<Duration, Instant> time) {
    Optional<LeaderRecord> known = it.record();
    return new LeaderStatus(
        it.component(),
        it.state().name(),
        known.map(LeaderRecord::holder).map(holder -> Plain.line(holder, WORDS)),
        it.master(),
        known.map(from -> from.source().name()),
        known.map(LeaderRecord::transitions).orElse(0L),
        time.apply(it.since()),
        it.changed().map(time),
        known.flatMap(LeaderRecord::renewed),
        Plain.line(it.why(), WORDS));
  }
}
