package io.hasupervisor.monit;

import io.hasupervisor.monit.Statement.Alert;
import io.hasupervisor.monit.Statement.Attribute;
import io.hasupervisor.monit.Statement.Depends;
import io.hasupervisor.monit.Statement.Entry;
import io.hasupervisor.monit.Statement.EveryCycles;
import io.hasupervisor.monit.Statement.EveryTime;
import io.hasupervisor.monit.Statement.Kind;
import io.hasupervisor.monit.Statement.Method;
import io.hasupervisor.monit.Statement.Part;
import io.hasupervisor.monit.Statement.Setting;
import io.hasupervisor.monit.Statement.Top;
import io.hasupervisor.monit.Statement.Unknown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Words to statements. What it does not understand becomes {@link Unknown}, up to the next one. */
final class Parser {
  private static final Map<String, Kind> KINDS = kinds();
  private static final Set<String> HEADER =
      Set.of("pidfile", "path", "matching", "match", "=~", "address", "interface", "uid", "gid");
  private static final Set<String> MODES =
      Set.of("active", "passive", "manual", "start", "nostart", "laststate");

  private final Cursor words;

  private Parser(List<Token> tokens) {
    this.words = new Cursor(tokens);
  }

  static List<Top> statements(List<Token> tokens) {
    Parser parser = new Parser(tokens);
    List<Top> statements = new ArrayList<>();
    while (!parser.words.atEnd()) {
      statements.add(parser.top());
    }
    return statements;
  }

  private static Map<String, Kind> kinds() {
    Map<String, Kind> kinds = new LinkedHashMap<>();
    for (Kind kind : Kind.values()) {
      kinds.put(kind.name().toLowerCase(Locale.ROOT), kind);
    }
    kinds.put("device", Kind.FILESYSTEM);
    return Map.copyOf(kinds);
  }

  private Top top() {
    int begin = words.place();
    Token first = words.take();
    if (first.is("set")) {
      return new Setting(first.at(), words.until(Keywords.TOP));
    }
    return first.is("check")
        ? entry(first.at()).orElseGet(() -> unknown(begin, Keywords.TOP))
        : unknown(begin, Keywords.TOP);
  }

  private Unknown unknown(int begin, Set<String> ends) {
    words.back(begin);
    List<Token> all = new ArrayList<>(List.of(words.take()));
    all.addAll(words.until(ends));
    return new Unknown(all.getFirst().at(), List.copyOf(all));
  }

  private Optional<Top> entry(Origin at) {
    Optional<Token> first = words.value();
    // The kind may be left out.
    Optional<Kind> kind = first.map(it -> KINDS.get(it.word()));
    Optional<Token> name = kind.isPresent() ? words.value() : first;
    if (name.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Token> header = header();
    List<Part> statements = new ArrayList<>();
    words.skipNoise();
    while (!words.atEnd() && !words.isNextIn(Keywords.TOP)) {
      statements.add(statement());
      words.skipNoise();
    }
    return Optional.of(
        new Entry(
            at, kind.orElse(Kind.PROCESS), name.get().text(), header, List.copyOf(statements)));
  }

  private Map<String, Token> header() {
    Map<String, Token> header = new LinkedHashMap<>();
    while (true) {
      words.skipNoise();
      int place = words.place();
      boolean timeout = words.isNext("timeout");
      if (words.atEnd() || (!timeout && !words.isNextIn(HEADER))) {
        return header;
      }
      String keyword = words.take().word();
      Optional<Token> value = words.value();
      if (value.isEmpty()) {
        words.back(place);
        return header;
      }
      header.put(keyword, value.get());
      if (timeout) {
        words.skipUnit();
      }
    }
  }

  private Part statement() {
    int begin = words.place();
    Token first = words.take();
    Optional<Part> read =
        switch (first.word()) {
          case "if" -> new TestParser(words).test(first.at());
          case "start", "stop", "restart" -> method(first);
          case "depend", "depends" -> depends(first.at());
          case "every" -> every(first.at(), false);
          case "not" -> words.skip("every") ? every(first.at(), true) : Optional.empty();
          case "group" ->
              words.value().map(name -> new Attribute(first.at(), "group", name.text()));
          case "mode", "onreboot" ->
              words.isNextIn(MODES)
                  ? Optional.of(new Attribute(first.at(), first.word(), words.take().word()))
                  : Optional.empty();
          case "alert", "noalert" -> alert(first);
          default -> Optional.empty();
        };
    return read.filter(_ -> words.writableSince(begin))
        .orElseGet(() -> unknown(begin, Keywords.STARTS));
  }

  private Optional<Part> method(Token verb) {
    return words.run().map(run -> new Method(verb.at(), verb.word(), run, words.timeout()));
  }

  private Optional<Part> depends(Origin at) {
    words.skip("on");
    List<String> names = new ArrayList<>();
    do {
      Optional<Token> name = words.value();
      if (name.isEmpty()) {
        return Optional.empty();
      }
      names.add(name.get().text());
    } while (words.skip(","));
    return Optional.of(new Depends(at, List.copyOf(names)));
  }

  private Optional<Part> every(Origin at, boolean not) {
    Optional<Integer> cycles = not ? Optional.empty() : words.number();
    if (cycles.isPresent()) {
      return words.skip("cycles") || words.skip("cycle")
          ? Optional.of(new EveryCycles(at, cycles.get()))
          : Optional.empty();
    }
    return words.value().map(times -> new EveryTime(at, not, times.text()));
  }

  private Optional<Part> alert(Token keyword) {
    words.until(Keywords.STARTS);
    return Optional.of(new Alert(keyword.at(), keyword.word()));
  }
}
