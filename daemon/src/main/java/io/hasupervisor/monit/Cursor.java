package io.hasupervisor.monit;

import io.hasupervisor.monit.Statement.Run;
import io.hasupervisor.yaml.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A place among words, which only moves on. */
final class Cursor {
  private static final Set<String> UNITS =
      Set.of("second", "seconds", "s", "millisecond", "milliseconds", "ms");

  private static final Set<String> ASKS = Set.of("then", "else");
  private static final Set<String> NEVER_ASKED = Set.of("if", "set", "check");

  private final List<Token> tokens;
  private int next;

  Cursor(List<Token> tokens) {
    this.tokens = tokens;
  }

  boolean atEnd() {
    return next >= tokens.size();
  }

  /** The next word; there must be one. */
  Token take() {
    return tokens.get(next++);
  }

  /** For {@link #back}. */
  int place() {
    return next;
  }

  /** Returns to where {@link #place} was asked, for another reading of the same words. */
  void back(int place) {
    next = place;
  }

  /** Whether all values since that place can be written into our configuration. */
  boolean writableSince(int place) {
    return tokens.subList(place, next).stream()
        .allMatch(it -> !it.value() || Scalar.writable(it.text()));
  }

  boolean isNext(String keyword) {
    return !atEnd() && tokens.get(next).is(keyword);
  }

  boolean isNextIn(Set<String> keywords) {
    return !atEnd() && tokens.get(next).in(keywords);
  }

  /** Takes it if it is next. */
  boolean skip(String keyword) {
    boolean is = isNext(keyword);
    next += is ? 1 : 0;
    return is;
  }

  void skipNoise() {
    while (isNextIn(Keywords.NOISE)) {
      next++;
    }
  }

  /** The next word if it can stand for a name, a path or a number. */
  Optional<Token> value() {
    return !atEnd() && tokens.get(next).value() ? Optional.of(take()) : Optional.empty();
  }

  Optional<Integer> number() {
    return !atEnd() && tokens.get(next).number()
        ? Optional.of(Integer.valueOf(take().text()))
        : Optional.empty();
  }

  /**
   * All words up to one of these outside of braces, which is not taken; what a {@code then} or
   * {@code else} asks for is none.
   */
  List<Token> until(Set<String> keywords) {
    List<Token> words = new ArrayList<>();
    int braces = 0;
    while (!atEnd() && (braces > 0 || !isNextIn(keywords))) {
      Token token = take();
      braces = Math.max(0, braces + (token.is("{") ? 1 : token.is("}") ? -1 : 0));
      words.add(token);
      if (braces == 0 && !atEnd() && token.in(ASKS) && !isNextIn(NEVER_ASKED)) {
        words.add(take());
      }
    }
    return words;
  }

  /** A unit of time, if one is next. */
  void skipUnit() {
    if (isNextIn(UNITS)) {
      next++;
    }
  }

  /** {@code timeout N seconds}, if it is next, in seconds. */
  Optional<Integer> timeout() {
    int place = next;
    skipNoise();
    Optional<Integer> seconds = skip("timeout") ? number() : Optional.empty();
    if (seconds.isEmpty()) {
      next = place;
    }
    skipUnit();
    return seconds;
  }

  /** A program with its arguments, {@code uid} and {@code gid}. */
  Optional<Run> run() {
    skipNoise();
    skip("=");
    Optional<Token> first =
        value().filter(it -> it.form() == Token.Form.QUOTED || it.text().startsWith("/"));
    if (first.isEmpty()) {
      return Optional.empty();
    }
    List<String> argv = new ArrayList<>(Arguments.of(first.get().text()));
    while (!atEnd() && tokens.get(next).form() == Token.Form.QUOTED) {
      argv.add(take().text());
    }
    Map<String, String> ids = new HashMap<>();
    for (int place = next; ; place = next) {
      skipNoise();
      Optional<Token> id = Optional.empty();
      String keyword = atEnd() ? "" : tokens.get(next).word();
      if (keyword.equals("uid") || keyword.equals("gid")) {
        next++;
        id = value();
      }
      if (id.isEmpty()) {
        next = place;
        break;
      }
      ids.put(keyword, id.get().text());
    }
    return argv.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Run(
                List.copyOf(argv),
                Optional.ofNullable(ids.get("uid")),
                Optional.ofNullable(ids.get("gid"))));
  }
}
