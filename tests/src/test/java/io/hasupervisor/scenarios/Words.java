package io.hasupervisor.scenarios;

import static io.hasupervisor.scenarios.Defaults.seconds;

import io.hasupervisor.decide.Event;
import io.hasupervisor.decide.Event.Order;
import io.hasupervisor.decide.Hold;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.observe.Exit;
import io.hasupervisor.observe.Incarnation;
import io.hasupervisor.observe.RunState;
import java.time.Duration;
import java.util.Optional;

/** What the words of a story mean; times are in seconds. */
final class Words {
  private Words() {}

  /** {@code runs [LIFE]}, {@code dies [CODE]}, {@code vanishes-from-bus} ... as a look sees it. */
  static Optional<RunState> runState(String[] words, Actor actor, Duration now) {
    return Optional.ofNullable(
        switch (words[1]) {
          case "runs" -> new RunState.Running(life(words, actor, now));
          case "dies" ->
              new RunState.Dead(new Exit(Exit.Kind.EXITED, (int) number(words, 2, 1), ""));
          case "is-killed" -> new RunState.Dead(new Exit(Exit.Kind.SIGNALED, 9, ""));
          case "is-stopped" -> new RunState.Dead(new Exit(Exit.Kind.STOPPED_OUTSIDE, 0, ""));
          case "hits-start-limit" ->
              new RunState.Dead(new Exit(Exit.Kind.START_LIMIT, 0, "start-limit-hit"));
          case "is-stopping" -> new RunState.Stopping(life(words, actor, now), now);
          case "restarts-by-init" ->
              new RunState.RestartingByInit(
                  new Exit(Exit.Kind.EXITED, 1, ""), now.plusSeconds(number(words, 2, 0)));
          case "is-absent" -> new RunState.Absent("no such unit", "install it");
          case "bus-lost" -> new RunState.Unclear("no bus");
          default -> null;
        });
  }

  private static Incarnation life(String[] words, Actor actor, Duration now) {
    String id = words.length > 2 ? words[2] : actor.living.map(Incarnation::id).orElse("a");
    return actor.living.filter(life -> life.id().equals(id)).orElse(new Incarnation(id, 1, now));
  }

  private static long number(String[] words, int at, long otherwise) {
    return words.length > at ? Long.parseLong(words[at]) : otherwise;
  }

  /** {@code done}, {@code failed}, {@code refused SECONDS}, and what operators order. */
  static Event event(String[] words, Duration now) {
    return switch (words[1]) {
      case "done" -> new Event.Finished(new Outcome.Done(), now);
      case "failed" -> new Event.Finished(new Outcome.Failed("it said no"), now);
      case "uncertain" -> new Event.Finished(new Outcome.Uncertain("no answer"), now);
      case "refused" ->
          new Event.Finished(
              new Outcome.Refused("etcd", "edge of quorum", seconds(number(words, 2, 60))), now);
      case "cause-changed" -> new Event.CauseChanged("/etc/x");
      case "order-start" -> new Event.Ordered(new Order.Start("root"));
      case "order-restart" -> new Event.Ordered(new Order.Restart("root"));
      case "order-retry" -> new Event.Ordered(new Order.Retry("root"));
      case "order-release" -> new Event.Ordered(new Order.Release("root"));
      case "order-stop" -> new Event.Ordered(new Order.Stop(hold(Hold.Kind.STOPPED, words, now)));
      case "order-hold" -> new Event.Ordered(new Order.Keep(hold(Hold.Kind.OPERATOR, words, now)));
      default -> throw new IllegalArgumentException("not a word of stories: " + words[1]);
    };
  }

  private static Hold hold(Hold.Kind kind, String[] words, Duration now) {
    Optional<Duration> until =
        words.length > 2 ? Optional.of(now.plusSeconds(number(words, 2, 0))) : Optional.empty();
    return new Hold(kind, "root", "disk swap", until);
  }
}
