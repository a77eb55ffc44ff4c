package io.hasupervisor.publish;

import io.hasupervisor.decide.Hold;
import io.hasupervisor.decide.Phase;
import java.util.Optional;

/** Sentences on a service that is left alone, or kept down, on somebody's order. */
final class HoldSentences {
  private HoldSentences() {}

  static String stopping(Situation s) {
    return "is being stopped "
        + s.state().facts().hold().map(HoldSentences::order).orElse("by order of an operator");
  }

  static String held(Situation s) {
    Optional<Hold> known =
        s.state().phase() instanceof Phase.Held(Hold hold)
            ? Optional.of(hold)
            : s.state().facts().hold();
    if (known.isEmpty()) {
      return "is left alone by order of an operator";
    }
    Hold hold = known.get();
    String until = hold.until().map(at -> " for " + s.left(at) + " more").orElse("");
    return switch (hold.kind()) {
      case OPERATOR ->
          (s.alive() ? "runs and is left alone " : "is down and left alone ")
              + order(hold)
              + until
              + "; to end that: ha-supervisor release "
              + s.name();
      case STOPPED ->
          "is kept down " + order(hold) + until + "; to start it: ha-supervisor start " + s.name();
      case GUARD -> ConsentSentences.refused(s);
    };
  }

  /** "by order of alice (disk change)". */
  private static String order(Hold hold) {
    String reason = Phrases.detail(hold.reason());
    return "by order of "
        + Plain.line(hold.by(), 32)
        + (reason.isEmpty() ? "" : " (" + reason + ")");
  }
}
