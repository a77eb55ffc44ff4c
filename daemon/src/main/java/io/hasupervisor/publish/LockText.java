package io.hasupervisor.publish;

import io.hasupervisor.publish.LockStatus.HolderStatus;
import io.hasupervisor.publish.LockStatus.PastStatus;
import io.hasupervisor.publish.LockStatus.RollingStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The lock of all masters, and what they do in turns, for a terminal. */
final class LockText {
  /** Of another host's words. */
  private static final int LONGEST = 200;

  /** Newest entries of the history. */
  private static final int PAST = 5;

  /** It is read every ten seconds: what is older could not be read since. */
  private static final Duration OLD = Duration.ofSeconds(45);

  private LockText() {}

  static String lock(LockStatus it, Instant at, Rendering as) {
    StringBuilder text = new StringBuilder();
    old(text, it, as);
    if (!it.readable()) {
      StatusText.wrap(
          text,
          "",
          it.readAt().isEmpty()
              ? "LOCK not read yet: " + it.why()
              : "LOCK not understood, counts as held: "
                  + it.why()
                  + "; to replace it: ha-supervisor lock break",
          as);
      return text.toString();
    }
    it.holder()
        .ifPresentOrElse(holder -> held(text, holder, at, as), () -> text.append("LOCK free\n"));
    it.freeze()
        .ifPresent(
            freeze ->
                StatusText.wrap(
                    text,
                    "",
                    "FROZEN by "
                        + freeze.by()
                        + ", "
                        + StatusText.ago(freeze.since(), at)
                        + ": "
                        + freeze.why()
                        + "; no master is disturbed before: ha-supervisor lock unfreeze",
                    as));
    it.rolling().ifPresent(rolling -> text.append(head(rolling, at, as)));
    past(text, it.history(), at, as);
    return text.toString();
  }

  private static void old(StringBuilder text, LockStatus it, Rendering as) {
    Optional<Duration> age = it.ageMillis().map(Duration::ofMillis);
    if (age.filter(known -> known.compareTo(OLD) > 0).isPresent()) {
      StatusText.wrap(
          text,
          "",
          "As known "
              + Span.text(age.get())
              + " ago: etcd, in which the lock lies, was not to be asked since; see: ha-supervisor"
              + " etcd status",
          as);
    }
  }

  private static void held(StringBuilder text, HolderStatus it, Instant at, Rendering as) {
    StatusText.wrap(text, "", "LOCK held by " + it.node() + " to " + it.action(), as);
    StatusText.wrap(text, "  ", it.reason(), as);
    StatusText.wrap(
        text,
        "  ",
        "taken " + StatusText.ago(it.since(), at) + " by the clock of " + it.node() + seen(it, at),
        as);
  }

  private static String seen(HolderStatus it, Instant at) {
    return it.seenSince()
        .map(since -> ", known here for " + Span.text(Duration.between(since, at)))
        .orElse("");
  }

  private static void past(StringBuilder text, List<PastStatus> history, Instant at, Rendering as) {
    if (!history.isEmpty()) {
      text.append("BEFORE, newest first\n");
    }
    history.reversed().stream()
        .limit(PAST)
        .forEach(
            it ->
                StatusText.wrap(
                    text,
                    "  ",
                    Plain.line(it.node() + ": " + it.action(), LONGEST)
                        + ", "
                        + it.result()
                        + " "
                        + StatusText.ago(it.ended(), at)
                        + " after "
                        + Span.text(Duration.between(it.began(), it.ended())),
                    as));
  }

  static String rolling(LockStatus it, Status status, Rendering as) {
    StringBuilder text = new StringBuilder();
    old(text, it, as);
    if (it.rolling().isEmpty()) {
      return text.append("nothing is done in turns, nor was it last\n").toString();
    }
    RollingStatus rolling = it.rolling().get();
    text.append(head(rolling, status.at(), as));
    Optional<String> next =
        rolling.masters().stream().filter(name -> !rolling.done().contains(name)).findFirst();
    for (String master : rolling.masters()) {
      String stands =
          rolling.done().contains(master)
              ? "done"
              : rolling.stopped().isPresent()
                  ? undone(it, rolling, master)
                  : next.filter(master::equals).isPresent()
                      ? turn(it, rolling, master, status)
                      : "waits for its turn";
      StatusText.wrap(text, "  ", Plain.line(master, LONGEST) + ": " + stands, as);
    }
    if (rolling.stopped().isPresent() && next.isPresent()) {
      StatusText.wrap(
          text,
          "",
          "Nothing more is done by itself. Once all masters are well (ha-supervisor cluster), every"
              + " one does it again by: ha-supervisor rolling "
              + Plain.line(rolling.action(), LONGEST),
          as);
    }
    return text.toString();
  }

  /** Whose turn it was when it stopped holds the lock until it is well. */
  private static String undone(LockStatus lock, RollingStatus rolling, String master) {
    return lock.holder()
            .filter(it -> it.node().equals(master) && it.action().equals(rolling.action()))
            .isPresent()
        ? "begun; it keeps the lock until it is well, so that no other master is disturbed. How it"
            + " is: ha-supervisor status, there"
        : "not done";
  }

  private static String head(RollingStatus it, Instant at, Rendering as) {
    StringBuilder text = new StringBuilder();
    boolean finished = it.done().containsAll(it.masters());
    String state =
        finished ? "finished" : it.stopped().map(why -> "stopped: " + why).orElse("goes on");
    StatusText.wrap(
        text,
        "",
        "EVERY MASTER IN TURN "
            + Plain.line(it.action(), LONGEST)
            + ": "
            + state
            + ", "
            + it.done().size()
            + " of "
            + it.masters().size()
            + " done; ordered by "
            + it.by()
            + " "
            + StatusText.ago(it.since(), at)
            + (it.why().isEmpty() ? "" : ": " + it.why()),
        as);
    return text.toString();
  }

  /** What only the master itself knows is told there. */
  private static String turn(LockStatus lock, RollingStatus rolling, String master, Status status) {
    Optional<HolderStatus> holder = lock.holder();
    if (holder.filter(it -> it.node().equals(master)).isPresent()) {
      return "under way, begun " + StatusText.ago(holder.get().since(), status.at());
    }
    if (holder.isPresent()) {
      return "waits for "
          + holder.get().node()
          + ", which holds the lock to "
          + holder.get().action();
    }
    if (lock.freeze().isPresent()) {
      return "waits: frozen by " + lock.freeze().get().by();
    }
    if (!status.node().equals(master)) {
      return "its turn; where it does not begin, it says why: ha-supervisor status, on " + master;
    }
    return status
        .controlPlane()
        .flatMap(ControlPlane::repair)
        .filter(it -> it.wanted().filter(rolling.action()::equals).isPresent())
        .filter(it -> it.reason().isPresent())
        .map(LockText::refused)
        .orElse("its turn; it begins within a minute, unless the service is held");
  }

  private static String refused(RepairStatus it) {
    return "waits (" + it.reason().orElse("") + "): " + it.explain() + " " + it.next();
  }
}
