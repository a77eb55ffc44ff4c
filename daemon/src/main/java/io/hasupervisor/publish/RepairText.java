package io.hasupervisor.publish;

import java.time.Instant;

/** The part of the status's text on repairs and their lock: nothing while there is nothing. */
final class RepairText {
  /** Of another host's words. */
  private static final int LONGEST = 200;

  private RepairText() {}

  static void repair(StringBuilder text, RepairStatus it, Instant at, Rendering as) {
    if (it.wanted().isEmpty()) {
      return;
    }
    Colour colour = it.reason().isEmpty() ? Colour.GREEN : Colour.YELLOW;
    text.append('\n')
        .append("REPAIR ")
        .append(colour.paint(it.state(), as))
        .append(' ')
        .append(Plain.line(it.wanted().get(), LONGEST))
        .append(it.since().map(since -> ", since " + StatusText.ago(since, at)).orElse(""))
        .append(it.reason().map(code -> " (" + code + ")").orElse(""))
        .append('\n');
    StatusText.wrap(text, "  ", it.explain(), as);
    StatusText.wrap(text, "  ", it.next(), as);
  }

  static void lock(StringBuilder text, LockStatus it, Instant at, Rendering as) {
    it.holder()
        .ifPresent(
            holder ->
                line(
                    text,
                    "held by " + holder.node() + " to " + holder.action(),
                    holder.since(),
                    at,
                    as));
    it.freeze()
        .ifPresent(
            freeze ->
                line(
                    text,
                    "frozen by " + freeze.by() + ": " + freeze.why(),
                    freeze.since(),
                    at,
                    as));
    if (!it.readable() && it.readAt().isPresent()) {
      StatusText.wrap(text, "", "LOCK not understood: " + Plain.line(it.why(), LONGEST), as);
    }
    it.rolling()
        .filter(rolling -> !rolling.done().containsAll(rolling.masters()))
        .ifPresent(
            rolling ->
                line(
                    text,
                    "every master in turn: "
                        + rolling.action()
                        + ", done by "
                        + rolling.done().size()
                        + rolling.stopped().map(why -> ", stopped: " + why).orElse(""),
                    rolling.since(),
                    at,
                    as));
  }

  private static void line(
      StringBuilder text, String what, Instant since, Instant at, Rendering as) {
    StatusText.wrap(
        text, "", "LOCK " + Plain.line(what, LONGEST) + ", " + StatusText.ago(since, at), as);
  }
}
