package io.hasupervisor.assess.leader;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.observe.leader.LeaderRecord;
import io.hasupervisor.observe.leader.LeaderRecord.Source;
import io.hasupervisor.observe.leader.LeaderSeen;
import io.hasupervisor.observe.leader.LeaderSeen.Reading;
import io.hasupervisor.observe.manifest.PodSeen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An election told round after round, with a look every ten seconds. */
final class ElectionStory {
  static final Map<String, String> MASTERS =
      Map.of("master-1", "10.0.0.1", "master-2", "10.0.0.2", "master-3", "10.0.0.3");

  private final String component;
  private final Duration shift;
  private LeaderScene scene =
      new LeaderScene("master-1", MASTERS, Optional.empty(), Optional.empty());
  private LeaderHistory history = LeaderHistory.none();
  private Optional<LeaderRule.Judged> judged = Optional.empty();
  private Duration now = Duration.ofSeconds(100);
  private String holder = "master-2_1";
  private long transitions = 3;
  private Instant renewed = Instant.parse("2026-05-04T09:30:11Z");
  private long version = 100;

  ElectionStory(String component, Duration shift) {
    this.component = component;
    this.shift = shift;
  }

  /** With the holder's clock as this host's. */
  static ElectionStory ofScheduler() {
    return new ElectionStory("kube-scheduler", Duration.ZERO);
  }

  ElectionStory with(PodSeen pod) {
    scene = new LeaderScene(scene.node(), scene.masters(), Optional.of(pod), scene.trouble());
    return this;
  }

  ElectionStory amid(String trouble) {
    scene = new LeaderScene(scene.node(), scene.masters(), scene.pod(), Optional.of(trouble));
    return this;
  }

  ElectionStory amongMasters(Map<String, String> masters) {
    scene = new LeaderScene(scene.node(), masters, scene.pod(), scene.trouble());
    return this;
  }

  /** The leader renews, and a look follows ten seconds after the last one. */
  ElectionStory renews() {
    renewed = renewed.plusSeconds(10);
    version++;
    return looks();
  }

  /** Another comes to lead. */
  ElectionStory elects(String next) {
    transitions++;
    holder = next;
    return renews();
  }

  /** The leader gives up. */
  ElectionStory givesUp() {
    holder = "";
    return renews();
  }

  /** Somebody writes the object who is not the leader. */
  ElectionStory annotates() {
    version++;
    return looks();
  }

  /** Nothing is written. */
  ElectionStory looks() {
    return reads(
        new Reading.Got(
            new LeaderRecord(
                Source.LEASE,
                holder,
                transitions,
                15,
                Optional.of(renewed.plus(shift)),
                shift.isNegative() ? Duration.ZERO : shift,
                Long.toString(version))));
  }

  /** Nothing is written for {@code rounds} looks. */
  ElectionStory looks(int rounds) {
    for (int i = 0; i < rounds; i++) {
      looks();
    }
    return this;
  }

  ElectionStory fails() {
    return reads(new Reading.Unknown("10.0.0.1: nothing listens"));
  }

  ElectionStory reads(Reading reading) {
    now = now.plusSeconds(10);
    LeaderRule.Judged next =
        LeaderRule.judge(history, new LeaderSeen(component, reading), now, scene);
    history = next.next();
    judged = Optional.of(next);
    return this;
  }

  ElectionStory waits(Duration time) {
    now = now.plus(time);
    return this;
  }

  /** The leader renews while nobody looks. */
  ElectionStory unseen(int more) {
    transitions += more;
    return this;
  }

  LeaderState state() {
    return view().state();
  }

  LeaderView view() {
    return judged.orElseThrow().view();
  }

  List<Finding> findings() {
    return judged.orElseThrow().findings();
  }

  List<String> codes() {
    return findings().stream().map(it -> it.code() + " " + it.severity()).toList();
  }
}
