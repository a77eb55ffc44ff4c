package io.hasupervisor.config;

import io.hasupervisor.assess.Tolerance;
import io.hasupervisor.config.ProbeKeys.Of;
import io.hasupervisor.loop.ServiceSpec.Check;
import io.hasupervisor.observe.ProbeSpec;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** One probe: what it asks, how often, and how much is borne. */
record ProbeReader(String name, Section section) {

  Check read(Duration startGrace) {
    ProbeKeys.Kind type = section.get(ProbeKeys.TYPE);
    section.onlyKeysFor(type.name().toLowerCase(Locale.ROOT), "type");
    Duration period = section.get(ProbeKeys.PERIOD);
    Duration deadline = deadline(period);
    return new Check(
        new ProbeSpec(name, new TargetReader(section).read(type), period, deadline),
        tolerance(startGrace, period, deadline));
  }

  /** A shorter period alone shortens the deadline too. */
  private Duration deadline(Duration period) {
    Duration deadline = section.get(ProbeKeys.DEADLINE);
    boolean tooLong = deadline.compareTo(period) > 0;
    if (tooLong && section.has(ProbeKeys.DEADLINE)) {
      section.reject(
          ProbeKeys.DEADLINE,
          "must be at most the period, and "
              + Amounts.shown(deadline)
              + " is more than "
              + Amounts.shown(period));
    }
    return tooLong ? period : deadline;
  }

  private Tolerance tolerance(Duration startGrace, Duration period, Duration deadline) {
    int inARow = section.get(ProbeKeys.FAILURES);
    Of of = failuresOf(inARow);
    return new Tolerance(
        inARow,
        of.failures(),
        of.window(),
        section.get(ProbeKeys.PASSES),
        section.has(ProbeKeys.GRACE) ? section.get(ProbeKeys.GRACE) : startGrace,
        staleAfter(period, deadline));
  }

  /** Left out: the default where {@code failures} is left out too, else none. */
  private Of failuresOf(int inARow) {
    Of never = new Of(inARow, inARow);
    if (!section.has(ProbeKeys.FAILURES_OF) && section.has(ProbeKeys.FAILURES)) {
      return never;
    }
    Optional<Of> of = section.get(ProbeKeys.FAILURES_OF);
    if (of.isPresent() && of.get().failures() < inARow) {
      section.reject(
          ProbeKeys.FAILURES_OF,
          "is used up by "
              + of.get().failures()
              + " failures, before the "
              + inARow
              + " in a row of failures");
    }
    return of.orElse(never);
  }

  /** Left out: three checks in a row may fail to say anything. */
  private Duration staleAfter(Duration period, Duration deadline) {
    Duration least = period.plus(deadline);
    if (!section.has(ProbeKeys.STALE_AFTER)) {
      return period.multipliedBy(3).plus(deadline);
    }
    Duration stale = section.get(ProbeKeys.STALE_AFTER);
    if (stale.compareTo(least) < 0) {
      section.reject(
          ProbeKeys.STALE_AFTER,
          "must be at least period and deadline together ("
              + Amounts.shown(least)
              + "), or every result is too old");
    }
    return stale;
  }
}
