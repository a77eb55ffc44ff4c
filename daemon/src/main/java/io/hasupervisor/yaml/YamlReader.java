package io.hasupervisor.yaml;

import io.hasupervisor.yaml.Value.Entry;
import io.hasupervisor.yaml.Value.Items;
import io.hasupervisor.yaml.Value.Table;
import io.hasupervisor.yaml.Value.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Text to a tree with places. It takes the plain part of YAML: one document of maps, lists and
 * scalars. Tags could build objects and aliases could grow without bound, so neither is taken; the
 * parser's events, unlike its nodes, still know where an alias stood.
 */
public final class YamlReader {
  private static final int DEEPEST = 20;

  private final Path file;
  private final Parser parser;
  private final Flaw.Listener flaws;

  private YamlReader(Path file, Parser parser, Flaw.Listener flaws) {
    this.file = file;
    this.parser = parser;
    this.flaws = flaws;
  }

  /** The root map; its problems are in {@code problems}. Empty when nothing useful was read. */
  public static Optional<Table> read(Path file, String text, Problems problems) {
    return read(file, text, (_, place, path, message) -> problems.add(place, path, message));
  }

  /** The root map; {@code flaws} is told of all that is wrong. Empty when nothing was read. */
  public static Optional<Table> read(Path file, String text, Flaw.Listener flaws) {
    Parser parser = new ParserImpl(new StreamReader(text), new LoaderOptions());
    try {
      return new YamlReader(file, parser, flaws).document();
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
      Place place = mark == null ? Place.wholeFile(file) : place(file, mark);
      flaws.found(Flaw.SYNTAX, place, "", notYaml(String.valueOf(e.getProblem())));
    } catch (YAMLException e) {
      flaws.found(Flaw.SYNTAX, Place.wholeFile(file), "", notYaml(String.valueOf(e.getMessage())));
    } catch (TooDeep e) {
      String found = "is nested more than " + DEEPEST + " levels deep";
      flaws.found(Flaw.TOO_DEEP, e.place, "", found);
    }
    return Optional.empty();
  }

  private Optional<Table> document() {
    parser.getEvent();
    if (parser.checkEvent(Event.ID.StreamEnd)) {
      return Optional.of(Table.EMPTY);
    }
    parser.getEvent();
    Optional<Value> root = node("", 0);
    parser.getEvent();
    if (!parser.checkEvent(Event.ID.StreamEnd)) {
      reject(
          Flaw.SEVERAL_DOCUMENTS,
          parser.peekEvent(),
          "",
          "a second document begins here; a file holds one");
      return Optional.empty();
    }
    return root.flatMap(this::table);
  }

  private Optional<Table> table(Value root) {
    return switch (root) {
      case Table table -> Optional.of(table);
      case Text text when text.missing() -> Optional.of(Table.EMPTY);
      case Text _, Items _ -> {
        String found = "must be a map of keys, not " + root.shown();
        flaws.found(Flaw.ROOT_NOT_A_MAP, root.place(), "", found);
        yield Optional.empty();
      }
    };
  }

  private Optional<Value> node(String path, int depth) {
    Event event = parser.getEvent();
    if (depth > DEEPEST) {
      throw new TooDeep(place(event));
    }
    if (event instanceof AliasEvent) {
      reject(Flaw.ALIAS, event, path, "aliases are not taken: write the value out");
      return Optional.empty();
    }
    if (event instanceof NodeEvent node && node.getAnchor() != null) {
      reject(
          Flaw.ALIAS, event, path, "anchors are not taken: write the value out where it is needed");
    }
    tag(event)
        .ifPresent(
            tag ->
                reject(Flaw.TAG, event, path, "tags such as " + Quote.of(tag) + " are not taken"));
    return switch (event) {
      case ScalarEvent scalar -> text(scalar, path);
      case SequenceStartEvent _ -> Optional.of(items(event, path, depth));
      default -> Optional.of(map(event, path, depth));
    };
  }

  private static Optional<String> tag(Event event) {
    return switch (event) {
      case ScalarEvent scalar -> Optional.ofNullable(scalar.getTag());
      case CollectionStartEvent collection -> Optional.ofNullable(collection.getTag());
      default -> Optional.empty();
    };
  }

  private Optional<Value> text(ScalarEvent scalar, String path) {
    if (scalar.getValue().indexOf('\0') >= 0) {
      reject(Flaw.CONTROL_CHARACTER, scalar, path, "holds a NUL character");
      return Optional.empty();
    }
    return Optional.of(new Text(place(scalar), scalar.getValue(), scalar.isPlain()));
  }

  private Items items(Event start, String path, int depth) {
    List<Value> items = new ArrayList<>();
    for (int i = 0; !parser.checkEvent(Event.ID.SequenceEnd); i++) {
      node(path + "[" + i + "]", depth + 1).ifPresent(items::add);
    }
    parser.getEvent();
    return new Items(place(start), List.copyOf(items));
  }

  private Table map(Event start, String path, int depth) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    while (!parser.checkEvent(Event.ID.MappingEnd)) {
      Event event = parser.peekEvent();
      Optional<Value> key = node(path, depth + 1);
      if (key.isPresent() && key.get() instanceof Text name) {
        String under = Spot.at(path).under(name.text()).path();
        Optional<Value> value = node(under, depth + 1);
        if (entries.containsKey(name.text())) {
          Place first = entries.get(name.text()).key();
          reject(Flaw.KEY_TWICE, event, under, "is there twice; first in line " + first.line());
        } else {
          value.ifPresent(v -> entries.put(name.text(), new Entry(name.place(), v)));
        }
      } else {
        key.ifPresent(
            _ ->
                reject(
                    Flaw.KEY_NOT_A_WORD, event, path, "a key must be a word, not a list or map"));
        var _ = node(path, depth + 1);
      }
    }
    parser.getEvent();
    return new Table(place(start), entries);
  }

  private void reject(Flaw flaw, Event event, String path, String message) {
    flaws.found(flaw, place(event), path, message);
  }

  private Place place(Event event) {
    return place(file, event.getStartMark());
  }

  private static Place place(Path file, Mark mark) {
    return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static String notYaml(String why) {
    return "is not YAML: " + why.lines().findFirst().orElse("");
  }

  /** Ends the reading at once: what follows may be as deep as the file is long. */
  private static final class TooDeep extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Place place;

    TooDeep(Place place) {
      super(null, null, false, false);
      this.place = place;
    }
  }
}
