package io.hasupervisor.decide.manifest;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.observe.manifest.Template;
import io.hasupervisor.yaml.Nearest;
import io.hasupervisor.yaml.Place;
import io.hasupervisor.yaml.Problems;
import io.hasupervisor.yaml.Quote;
import io.hasupervisor.yaml.Scalar;
import io.hasupervisor.yaml.Value;
import io.hasupervisor.yaml.Value.Items;
import io.hasupervisor.yaml.Value.Table;
import io.hasupervisor.yaml.Value.Text;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the references in a template that cannot be filled. */
record Scan(Template template, Filling filling, List<Finding> findings) {
  /** None of these can begin or end anything in YAML where a value of ours stands. */
  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._/:@=,+%~?&\\[\\]-]+");

  /** Looks at one line, counted from 1. */
  void line(int number, String line) {
    Matcher matcher = Filling.REFERENCE.matcher(line);
    while (matcher.find()) {
      Place place = new Place(template.file(), number, line.codePointCount(0, matcher.start()) + 1);
      reference(place, line, matcher.group(1), !matcher.group(2).isEmpty());
    }
  }

  private void reference(Place place, String line, String name, boolean closed) {
    if (name.contains("${")) {
      refuse(
          "VARIABLE_NESTED",
          place,
          "a variable stands inside of another: " + Quote.of("${" + name),
          "write each ${NAME} for itself");
    } else if (!closed) {
      refuse(
          "VARIABLE_NOT_CLOSED",
          place,
          "a variable begins and does not end in this line: " + Quote.of("${" + name),
          "write ${NAME}");
    } else if (name.isBlank()) {
      refuse("VARIABLE_EMPTY", place, "${} names no variable", "write ${NAME}, or take it out");
    } else if (filling.lists().containsKey(name)) {
      list(place, line, name);
    } else {
      variable(name)
          .ifPresentOrElse(variable -> scalar(place, variable), () -> unknown(place, name));
    }
  }

  private static Optional<Variable> variable(String name) {
    return Arrays.stream(Variable.values()).filter(v -> v.name().equals(name)).findAny();
  }

  private void unknown(Place place, String name) {
    Set<String> names = Filling.names();
    refuse(
        "VARIABLE_UNKNOWN",
        place,
        Quote.of("${" + name + "}") + " is no variable, and nothing would be put in its place",
        Nearest.to(name.toUpperCase(Locale.ROOT), names)
            .map(near -> "did you mean ${" + near + "}?")
            .orElse(
                "there are: " + String.join(", ", names) + "; a shell's variables are written $X"));
  }

  private void scalar(Place place, Variable variable) {
    String name = variable.name();
    String value = filling.scalars().getOrDefault(name, "");
    if (value.isEmpty()) {
      refuse(
          "VARIABLE_WITHOUT_VALUE",
          place,
          "${" + name + "} has no value: " + variable.key(template.name()) + " is not set",
          variable == Variable.DISCOVERY_TOKEN
              ? "set cluster.etcd.discovery to the URL of a token, or take --discovery and"
                  + " ${DISCOVERY_TOKEN} out and write \"- ${BOOTSTRAP_FLAGS}\", which also does"
                  + " without a discovery service"
              : "set it in the configuration, or take ${" + name + "} out");
    } else if (!HARMLESS.matcher(value).matches()) {
      refuse(
          "VALUE_FORBIDDEN",
          place,
          "the value of ${" + name + "} could change the structure of the file: " + Quote.of(value),
          "set "
              + variable.key(template.name())
              + " to letters, digits and . _ / : @ = , + % ~ ? & [ ] - alone");
    }
  }

  private void list(Place place, String line, String name) {
    if (!Filling.list(line).equals(Optional.of(name))) {
      refuse(
          "LIST_NOT_ALONE",
          place,
          "${" + name + "} becomes any number of items, so nothing may stand beside it",
          "give it a line of its own: - ${" + name + "}");
    } else if (!filling.items(name).stream().allMatch(Scan::writable)) {
      refuse(
          "VALUE_FORBIDDEN",
          place,
          "an item of ${"
              + name
              + "} holds a line end or another hidden character, or a variable, which is only"
              + " filled in where a template holds it",
          "write the value itself into the configuration");
    }
  }

  private static boolean writable(Value value) {
    return switch (value) {
      case Text text -> Scalar.writable(text.text()) && !text.text().contains("${");
      case Items items -> items.items().stream().allMatch(Scan::writable);
      case Table table -> table.entries().values().stream().allMatch(e -> writable(e.value()));
    };
  }

  void refuse(String code, Place place, String text, String cure) {
    if (findings.size() < Problems.LIMIT) {
      findings.add(
          new Finding(code, Severity.CRITICAL, template.name(), Optional.of(place), text, cure));
    }
  }
}
