package io.hasupervisor.act;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that happened to a service and was worth keeping.
 *
 * @param last the newest occurrence counted in it; the first one where there was only one
 * @param times occurrences counted in it
 * @param resolvedAt when the service was well again
 */
public record Incident(
    String id, Occurrence first, Occurrence last, int times, Optional<Instant> resolvedAt) {

  /** Kinds of incident. */
  public enum Kind {
    /** It died. */
    CRASH,
    /** It lived, and was killed for its health. */
    HANG,
    /** An operator had it stopped or restarted. */
    ORDER;

    /** The name in {@code incident.json}. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One occurrence.
   *
   * @param because code of {@link io.hasupervisor.decide.Because}
   * @param reason one sentence
   * @param exit how the life ended, in words; texts are cut after 2048 characters
   */
  public record Occurrence(
      String service,
      Kind kind,
      Instant at,
      String because,
      String reason,
      Optional<String> exit,
      Optional<Long> pid) {
    private static final int TEXT_LIMIT = 2048;

    public Occurrence {
      because = clip(because);
      reason = clip(reason);
      exit = exit.map(Occurrence::clip);
    }

    private static String clip(String text) {
      return text.substring(0, Math.min(TEXT_LIMIT, text.length()));
    }
  }

  Incident again(Occurrence next) {
    int counted = times == Integer.MAX_VALUE ? times : times + 1;
    return new Incident(id, first, next, counted, resolvedAt);
  }

  Incident resolved(Instant at) {
    return new Incident(id, first, last, times, Optional.of(at));
  }

  /** What happened, in a few words: for lists. */
  public String what() {
    String often = times > 1 ? ", " + times + " times" : "";
    return first.kind().word()
        + ": "
        + first.exit().orElse(first.reason())
        + often
        + (resolvedAt.isPresent() ? " (over)" : "");
  }
}
