package io.hasupervisor.publish;

import io.hasupervisor.decide.Hold;
import io.hasupervisor.decide.Phase;

/** Sentences on a service that is killed or started only with consent. */
final class ConsentSentences {
  /** Characters of a refusal: its sentence says what it would cost. */
  private static final int REFUSAL = 300;

  private ConsentSentences() {}

  static String asked(Situation s) {
    String asking =
        s.policy().guarded()
            ? "; etcd and the other masters are being asked whether "
            : "; consent is being asked whether ";
    return s.state().phase() instanceof Phase.Asking
        ? Endings.of(s) + asking + "it may be started now"
        : KillSentences.killReason(s) + "; evidence is saved" + asking + "it may be stopped now";
  }

  static String refused(Situation s) {
    if (s.state().phase() instanceof Phase.Held(Hold hold)) {
      return s.alive() ? killRefused(s, hold) : startRefused(s, hold);
    }
    return s.state()
        .facts()
        .refusal()
        .map(hold -> "is left as it is, what was ordered is refused: " + why(hold) + cure(hold))
        .orElse("is left as it is: what was ordered is refused");
  }

  private static String killRefused(Situation s, Hold hold) {
    return "must not be killed now: "
        + why(hold)
        + "; asked again "
        + s.inTime()
        + (s.state().facts().verdict().failure().isPresent()
            ? "; meanwhile it " + Trouble.of(s)
            : "")
        + cure(hold);
  }

  private static String startRefused(Situation s, Hold hold) {
    return Endings.of(s)
        + " and must not be started now: "
        + why(hold)
        + "; asked again "
        + s.inTime()
        + cure(hold);
  }

  /** A sentence of its own, without its full stop. */
  private static String cure(Hold hold) {
    return hold.cure().isEmpty()
        ? ""
        : ". " + Plain.line(hold.cure(), REFUSAL).replaceFirst("[. ]+$", "");
  }

  /** The guard's own sentence, as the middle of another, and its code. */
  private static String why(Hold hold) {
    String sentence = Plain.line(hold.reason(), REFUSAL).replaceFirst("[. ]+$", "");
    return sentence + " (" + Plain.line(hold.by(), 32) + ")";
  }
}
