package io.hasupervisor.assess.leader;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.leader.LeaderHistory.Last;
import io.hasupervisor.assess.leader.LeaderHistory.Stand;
import io.hasupervisor.observe.leader.LeaderRecord;
import io.hasupervisor.observe.leader.LeaderSeen;
import io.hasupervisor.observe.leader.LeaderSeen.Reading;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Pure: whether somebody leads, by what changes, never by what a clock says. A leader renews its
 * record every two seconds, and others take it over after fifteen (client-go's defaults).
 */
public final class LeaderRule {
  /** Without a change for so long nobody leads: with a look every 10 s that is told within 60 s. */
  static final Duration STALE = Duration.ofSeconds(45);

  /** For so long a record must be readable again: whoever writes it was cut off too, perhaps. */
  static final Duration SETTLED = Duration.ofSeconds(20);

  /** A pause between rounds that is as good as a round without an answer. */
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final LeaderHistory before;
  private final LeaderSeen seen;
  private final Duration at;
  private final LeaderScene scene;

  private LeaderRule(LeaderHistory before, LeaderSeen seen, Duration at, LeaderScene scene) {
    this.before = before;
    this.seen = seen;
    this.at = at;
    this.scene = scene;
  }

  /** What is thought, what of it needs somebody, and what is remembered for the next round. */
  public record Judged(LeaderHistory next, LeaderView view, List<Finding> findings) {}

  /**
   * Takes a round in.
   *
   * @param at monotonic time at which it was read
   */
  public static Judged judge(
      LeaderHistory before, LeaderSeen seen, Duration at, LeaderScene scene) {
    return new LeaderRule(before, seen, at, scene).judged();
  }

  private Judged judged() {
    return switch (seen.reading()) {
      case Reading.Got(LeaderRecord record) -> got(record);
      case Reading.Absent _ ->
          without(LeaderState.NONE, "there is no record: nobody was ever elected");
      case Reading.Malformed(String why) -> without(LeaderState.MALFORMED, "the record " + why);
      case Reading.Denied(String why) -> without(LeaderState.UNKNOWN, "it may not be read: " + why);
      case Reading.Unknown(String why) ->
          without(LeaderState.UNKNOWN, "it could not be read: " + why + lastSeen());
    };
  }

  private String lastSeen() {
    return before
        .last()
        .map(it -> it.record().holder())
        .filter(holder -> !holder.isEmpty())
        .map(holder -> "; last read as held by " + holder)
        .orElse("");
  }

  /** Nothing was read that could be compared with. */
  private Judged without(LeaderState state, String why) {
    boolean read = state != LeaderState.UNKNOWN;
    Stand stand = stand(state);
    return judged(
        new LeaderHistory(
            before.last(),
            Optional.of(at),
            read ? Optional.of(readable()) : Optional.empty(),
            before.elections(),
            Optional.of(stand)),
        new LeaderView(
            seen.component(),
            state,
            Optional.empty(),
            Optional.empty(),
            stand.since(),
            Optional.empty(),
            why));
  }

  private Judged got(LeaderRecord record) {
    Last last =
        before
            .last()
            .filter(it -> unchanged(it.record(), record))
            .map(it -> new Last(record, it.at(), it.moved()))
            .orElseGet(() -> new Last(record, at, before.last().isPresent()));
    List<Duration> elections = Elections.after(before, record, at);
    Optional<String> master = Holder.master(record.holder(), scene.masters());
    LeaderState state = state(last, elections.size(), master);
    Stand stand = stand(state);
    return judged(
        new LeaderHistory(
            Optional.of(last),
            Optional.of(at),
            Optional.of(readable()),
            elections,
            Optional.of(stand)),
        new LeaderView(
            seen.component(),
            state,
            master,
            Optional.of(record),
            stand.since(),
            Optional.of(last).filter(Last::moved).map(Last::at),
            why(state, last, elections.size())));
  }

  /**
   * By what its holder writes. The version alone is not enough: anybody who annotates the object
   * makes a new one.
   */
  private static boolean unchanged(LeaderRecord one, LeaderRecord other) {
    return one.source() == other.source()
        && one.holder().equals(other.holder())
        && one.transitions() == other.transitions()
        && one.renewed().equals(other.renewed())
        && (one.renewed().isPresent() || one.version().equals(other.version()));
  }

  private LeaderState state(Last last, int elections, Optional<String> master) {
    if (at.minus(last.at()).compareTo(STALE) >= 0) {
      return at.minus(readable()).compareTo(SETTLED) >= 0 ? LeaderState.STALE : LeaderState.UNKNOWN;
    }
    if (last.record().holder().isEmpty() || !last.moved()) {
      return LeaderState.UNKNOWN;
    }
    if (elections > Elections.MANY) {
      return LeaderState.FLAPPING;
    }
    return master.isEmpty() ? LeaderState.FOREIGN_HOLDER : LeaderState.HELD;
  }

  private String why(LeaderState state, Last last, int elections) {
    String holder = last.record().holder();
    Duration still = at.minus(last.at());
    String held = holder.isEmpty() ? "it was given up" : "it is held by " + holder;
    return switch (state) {
      case STALE -> held + " and has not changed for " + still.toSeconds() + " s";
      case FLAPPING ->
          held + ", after " + elections + " changes in " + Elections.WINDOW.toMinutes() + " min";
      case FOREIGN_HOLDER -> held + ", which is none of the masters";
      case HELD -> held;
      case UNKNOWN, NONE, MALFORMED ->
          still.compareTo(STALE) >= 0
              ? held + "; it can be read again only now, and was not seen to change yet"
              : holder.isEmpty()
                  ? held + "; somebody is to take it now"
                  : held + "; it was not seen to change yet";
    };
  }

  private Stand stand(LeaderState state) {
    return before.stand().filter(it -> it.state() == state).orElseGet(() -> new Stand(state, at));
  }

  private Duration readable() {
    boolean paused = before.looked().filter(it -> at.minus(it).compareTo(PAUSE) <= 0).isEmpty();
    return paused ? at : before.readable().orElse(at);
  }

  private Judged judged(LeaderHistory next, LeaderView view) {
    return new Judged(next, view, LeaderFindings.of(view, seen.reading(), at, scene));
  }
}
