package io.hasupervisor.monit;

import io.hasupervisor.monit.Statement.Act;
import io.hasupervisor.monit.Statement.Part;
import io.hasupervisor.monit.Statement.Rate;
import io.hasupervisor.monit.Statement.Restarts;
import io.hasupervisor.monit.Statement.Test;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code if ... then ... else ...}. */
final class TestParser {
  private static final Set<String> ENDS = Set.of("then", "if", "set", "check");
  private static final Set<String> CYCLES = Set.of("cycle", "cycles");
  private static final Set<String> ACTS =
      Set.of("alert", "restart", "start", "stop", "unmonitor", "ignore", "timeout");

  private final Cursor words;

  TestParser(Cursor words) {
    this.words = words;
  }

  /** What follows an {@code if}; empty if it is no test. */
  Optional<Part> test(Origin at) {
    List<Token> condition = new ArrayList<>(words.until(ENDS));
    if (condition.isEmpty() || !words.skip("then")) {
      return Optional.empty();
    }
    Optional<Act> act = act();
    if (act.isEmpty()) {
      return Optional.empty();
    }
    Optional<Act> after = after();
    Optional<Rate> rate = rate(condition);
    condition.removeIf(token -> token.in(Keywords.NOISE));
    if (condition.isEmpty()) {
      return Optional.empty();
    }
    if (rate.isPresent() && restarts(condition)) {
      return Optional.of(
          new Restarts(
              at, Integer.parseInt(condition.getFirst().text()), rate.get().cycles(), act.get()));
    }
    return Optional.of(new Test(at, List.copyOf(condition), rate, act.get(), after));
  }

  private static boolean restarts(List<Token> condition) {
    return condition.size() == 2
        && condition.getFirst().number()
        && (condition.get(1).is("restart") || condition.get(1).is("restarts"));
  }

  private Optional<Act> act() {
    if (words.skip("exec") || words.skip("execute")) {
      Optional<Act> exec = words.run().map(run -> new Act("exec", Optional.of(run)));
      var _ = words.timeout();
      if (words.skip("repeat")) {
        words.skip("every");
        var _ = words.number();
        boolean _ = words.skip("cycles") || words.skip("cycle");
      }
      return exec;
    }
    return words.isNextIn(ACTS)
        ? Optional.of(new Act(words.take().word(), Optional.empty()))
        : Optional.empty();
  }

  /** What is done once it is well again. */
  private Optional<Act> after() {
    int place = words.place();
    if (!words.skip("else")) {
      return Optional.empty();
    }
    if (words.skip("if")) {
      var _ = words.until(ENDS);
      words.skip("then");
    }
    Optional<Act> act = act();
    if (act.isEmpty()) {
      words.back(place);
    }
    return act;
  }

  /** Takes it from the condition's end. */
  private static Optional<Rate> rate(List<Token> condition) {
    int last = condition.size() - 1;
    if (last < 1 || !condition.get(last).in(CYCLES) || !condition.get(last - 1).number()) {
      return Optional.empty();
    }
    int cycles = Integer.parseInt(condition.get(last - 1).text());
    int first = last - 2;
    boolean apart = false;
    while (first >= 0 && condition.get(first).in(Keywords.NOISE)) {
      apart |= condition.get(first).is("for");
      first--;
    }
    boolean two = !apart && first >= 0 && condition.get(first).number() && free(condition, first);
    Rate rate =
        two
            ? new Rate(Integer.parseInt(condition.get(first).text()), cycles, false)
            : new Rate(cycles, cycles, true);
    condition.subList(two ? first : last - 1, condition.size()).clear();
    return Optional.of(rate);
  }

  /** Whether the number is not the value of a keyword before it. */
  private static boolean free(List<Token> condition, int at) {
    int before = at - 1;
    while (before >= 0 && condition.get(before).in(Keywords.NOISE)) {
      if (condition.get(before).is("for")) {
        return true;
      }
      before--;
    }
    return before < 0
        || !(condition.get(before).in(Keywords.TAKES_NUMBER)
            || condition.get(before).in(Keywords.OPERATORS));
  }
}
