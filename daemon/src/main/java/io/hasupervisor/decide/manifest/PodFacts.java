package io.hasupervisor.decide.manifest;

import io.hasupervisor.assess.manifest.PodVerdict;
import io.hasupervisor.assess.manifest.PodVerdict.Matches;
import io.hasupervisor.assess.manifest.PodVerdict.Outdated;
import io.hasupervisor.decide.manifest.RolloutEvent.PodLooked;
import io.hasupervisor.observe.CheckResult;
import java.time.Duration;

/**
 * What is known of one pod since its manifest was placed.
 *
 * @param last the newest look
 * @param standing since when the verdict is the same
 * @param passes looks in a row at which it matched and its probe passed, or there is none
 * @param failures looks in a row at which it matched and its probe failed
 * @param wellSince the first of the {@code passes}
 */
public record PodFacts(
    PodLooked last, Duration standing, int passes, int failures, Duration wellSince) {

  static PodFacts first(PodLooked look) {
    return new PodFacts(look, look.at(), 0, 0, look.at()).counting(look);
  }

  PodFacts then(PodLooked look) {
    Duration since = same(last.verdict(), look.verdict()) ? standing : look.at();
    return new PodFacts(look, since, passes, failures, wellSince).counting(look);
  }

  private static boolean same(PodVerdict before, PodVerdict after) {
    return (before instanceof Outdated old && after instanceof Outdated still)
        ? old.id().equals(still.id())
        : before.label().equals(after.label());
  }

  private PodFacts counting(PodLooked look) {
    boolean matches = look.verdict() instanceof Matches;
    boolean failed = look.probe().filter(CheckResult.Failed.class::isInstance).isPresent();
    boolean nothing = look.probe().filter(CheckResult.Inconclusive.class::isInstance).isPresent();
    if (matches && nothing) {
      return this;
    }
    // Also where docker cannot be asked: a container may have ended meanwhile.
    if (!matches) {
      return new PodFacts(look, standing, 0, 0, look.at());
    }
    return failed
        ? new PodFacts(look, standing, 0, failures + 1, look.at())
        : new PodFacts(look, standing, passes + 1, 0, passes == 0 ? look.at() : wellSince);
  }

  /** Whether it runs as {@code patience} wants it, seen lately. */
  boolean verified(Patience patience, Duration now) {
    boolean still =
        last.probe().isPresent() || last.at().minus(wellSince).compareTo(Patience.STILL) >= 0;
    return last.verdict() instanceof Matches
        && passes >= patience.passes()
        && still
        && now.minus(last.at()).compareTo(Patience.FRESH) <= 0;
  }

  /** Whether it matches and its probe does not fail. */
  public boolean running() {
    return last.verdict() instanceof Matches && failures == 0;
  }

  /** Whether it surely does not run well; not so where docker cannot be asked. */
  public boolean sick() {
    return switch (last.verdict()) {
      case Matches _ -> failures >= Patience.FAILURES;
      case PodVerdict.Unknown _ -> false;
      case PodVerdict.Starting _, Outdated _, PodVerdict.Crashing _ -> true;
    };
  }

  /** What its probe holds against it; empty where it does not. */
  public String complaint() {
    return last.probe()
        .map(
            result ->
                switch (result) {
                  case CheckResult.Passed _ -> "";
                  case CheckResult.Failed failed -> failed.symptom() + ": " + failed.detail();
                  case CheckResult.Inconclusive inconclusive -> inconclusive.why();
                })
        .orElse("");
  }
}
