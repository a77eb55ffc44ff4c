package io.hasupervisor.assess.manifest;

import static io.hasupervisor.assess.Finding.Severity.CRITICAL;
import static io.hasupervisor.assess.Finding.Severity.WARNING;

import io.hasupervisor.assess.manifest.PodModel.Shape;
import io.hasupervisor.yaml.Nearest;
import io.hasupervisor.yaml.Place;
import io.hasupervisor.yaml.Quote;
import io.hasupervisor.yaml.Value;
import io.hasupervisor.yaml.Value.Entry;
import io.hasupervisor.yaml.Value.Items;
import io.hasupervisor.yaml.Value.Table;
import io.hasupervisor.yaml.Value.Text;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether a manifest has the form of a pod: known fields, of the right form, none missing. */
final class PodSchema {
  /** Read once in a process, as far as manifests need it. */
  private static final PodModel MODEL = new PodModel();

  private final Report report;
  private final String subject;

  private PodSchema(Report report, String subject) {
    this.report = report;
    this.subject = subject;
  }

  /**
   * Walks the whole tree.
   *
   * @param subject the pod's name
   */
  static void check(Table root, String subject, Report report) {
    PodSchema schema = new PodSchema(report, subject);
    schema.struct(root, new Shape.Struct("Pod"), "");
    Optional<Value> metadata = value(root, "metadata");
    if (metadata.isPresent()
        && metadata.get() instanceof Table table
        && empty(value(table, "name"))) {
      schema.missing(table.place(), "metadata.name");
    }
  }

  private void walk(Value value, Shape shape, String path, String field) {
    if (value instanceof Text text && ScalarType.of(text) == ScalarType.NOTHING) {
      return;
    }
    switch (shape) {
      case Shape.Any _ -> {}
      case Shape.Struct struct -> {
        if (value instanceof Table table) {
          struct(table, struct, path);
        } else {
          wrong(value, path, "a map of fields");
        }
      }
      case Shape.ListOf list -> {
        if (value instanceof Items items) {
          for (int i = 0; i < items.items().size(); i++) {
            walk(items.items().get(i), list.item(), path + "[" + i + "]", field);
          }
        } else {
          wrong(value, path, "a list: a line with a dash for each item");
        }
      }
      case Shape.MapOf map -> {
        if (value instanceof Table table) {
          table
              .entries()
              .forEach((key, entry) -> walk(entry.value(), map.value(), under(path, key), field));
        } else {
          wrong(value, path, "a map");
        }
      }
      case Shape.Text _ -> scalar(value, path, "a text", Set.of(ScalarType.STRING));
      case Shape.Int _ -> scalar(value, path, "a whole number", Set.of(ScalarType.INT));
      case Shape.Bool _ -> scalar(value, path, "true or false", Set.of(ScalarType.BOOL));
      case Shape.IntOrName _ ->
          scalar(value, path, "a number or a name", Set.of(ScalarType.INT, ScalarType.STRING));
      case Shape.Amount _ -> amount(value, path);
    }
    if (value instanceof Text text) {
      words(text, path, field);
      port(text, path, field);
    }
  }

  private void struct(Table table, Shape.Struct struct, String path) {
    Map<String, Shape> fields = MODEL.fields(struct);
    if (fields.isEmpty()) {
      return;
    }
    for (Map.Entry<String, Entry> each : table.entries().entrySet()) {
      String name = each.getKey();
      Entry entry = each.getValue();
      Shape shape = fields.get(name);
      if (shape != null) {
        walk(entry.value(), shape, under(path, name), struct.name() + "." + name);
      } else {
        report.add(
            "UNKNOWN_FIELD",
            WARNING,
            subject,
            entry.key(),
            Quote.of(name)
                + " is no field of "
                + (path.isEmpty() ? "a pod" : path)
                + ", so the kubelet ignores it"
                + Nearest.hint(name, fields.keySet()),
            "correct the name, or remove it");
      }
    }
    for (String name : FieldRules.REQUIRED.getOrDefault(struct.name(), List.of())) {
      if (empty(value(table, name))) {
        missing(table.place(), under(path, name));
      }
    }
  }

  private void scalar(Value value, String path, String wanted, Set<ScalarType> taken) {
    if (!(value instanceof Text text)) {
      wrong(value, path, wanted);
      return;
    }
    ScalarType is = ScalarType.of(text);
    if (taken.contains(is)) {
      return;
    }
    boolean unquoted = taken.contains(ScalarType.STRING);
    report.add(
        "WRONG_TYPE",
        CRITICAL,
        subject,
        value.place(),
        path
            + " must be "
            + wanted
            + "; "
            + text.shown()
            + " is "
            + is.words()
            + (text.plain() ? " without quotes" : " in quotes")
            + ", and the kubelet refuses the whole file",
        unquoted
            ? "put it in quotes: \"" + Quote.bare(text.text()) + "\""
            : text.plain() ? "write " + wanted : "write it without quotes");
  }

  private void amount(Value value, String path) {
    boolean good =
        value instanceof Text text
            && text.text()
                .matches(
                    "[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][-+]?[0-9]+)?");
    if (!good) {
      report.add(
          "BAD_QUANTITY",
          CRITICAL,
          subject,
          value.place(),
          path + " is " + value.shown() + ", which is no amount: the kubelet refuses the file",
          "write an amount such as 250m, 2, 100Mi or 1Gi");
    }
  }

  private void words(Text text, String path, String field) {
    Set<String> words = FieldRules.WORDS.getOrDefault(field, Set.of());
    if (!words.isEmpty() && !words.contains(text.text())) {
      report.add(
          "WORD_NOT_TAKEN",
          CRITICAL,
          subject,
          text.place(),
          path
              + " cannot be "
              + text.shown()
              + ": the kubelet refuses the pod"
              + Nearest.hint(text.text(), words),
          "write one of "
              + String.join(", ", words.stream().filter(w -> !w.isEmpty()).sorted().toList()));
    }
  }

  private void port(Text text, String path, String field) {
    boolean unset = field.equals("ContainerPort.hostPort") && text.text().equals("0");
    if (FieldRules.PORTS.contains(field)
        && ScalarType.of(text) == ScalarType.INT
        && !unset
        && !(text.text().matches("\\d{1,5}")
            && Integer.parseInt(text.text()) >= 1
            && Integer.parseInt(text.text()) <= 65535)) {
      report.add(
          "BAD_PORT",
          CRITICAL,
          subject,
          text.place(),
          path + " is " + text.text() + ", which is no port: the kubelet refuses the pod",
          "write a number from 1 to 65535");
    }
  }

  private void wrong(Value value, String path, String wanted) {
    report.add(
        "WRONG_TYPE",
        CRITICAL,
        subject,
        value.place(),
        path
            + " must be "
            + wanted
            + ", not "
            + value.shown()
            + ": the kubelet refuses the whole file",
        "write " + wanted);
  }

  private void missing(Place place, String path) {
    report.add(
        "FIELD_MISSING",
        CRITICAL,
        subject,
        place,
        path + " is missing: the kubelet refuses the pod",
        "add it");
  }

  private static Optional<Value> value(Table table, String name) {
    return Optional.ofNullable(table.entries().get(name)).map(Entry::value);
  }

  private static boolean empty(Optional<Value> value) {
    return value.isEmpty()
        || switch (value.get()) {
          case Text text -> text.text().isEmpty() || ScalarType.of(text) == ScalarType.NOTHING;
          case Items items -> items.items().isEmpty();
          case Table _ -> false;
        };
  }

  private static String under(String path, String key) {
    return path.isEmpty() ? Quote.bare(key) : path + "." + Quote.bare(key);
  }
}
