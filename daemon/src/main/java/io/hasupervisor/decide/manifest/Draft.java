package io.hasupervisor.decide.manifest;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.observe.manifest.Template;
import io.hasupervisor.yaml.Place;
import io.hasupervisor.yaml.Problem;
import io.hasupervisor.yaml.Problems;
import io.hasupervisor.yaml.Quote;
import io.hasupervisor.yaml.Scalar;
import io.hasupervisor.yaml.Value;
import io.hasupervisor.yaml.Value.Table;
import io.hasupervisor.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** One manifest in the making. */
final class Draft {
  private static final String QUOTE = "put the whole value in quotation marks in the template";

  private final Template template;
  private final List<String> lines;
  private final int first;
  private final List<Finding> findings = new ArrayList<>();

  Draft(Template template) {
    this.template = template;
    this.lines = template.text().lines().toList();
    this.first = afterComments(lines);
  }

  List<Finding> findings() {
    return findings;
  }

  /** The manifest; empty after its findings have been noted. */
  Optional<Manifest> make(Filling filling, String node) {
    Scan scan = new Scan(template, filling, findings);
    Optional<Table> tree = tree(scan);
    for (int i = first; i < lines.size(); i++) {
      scan.line(i + 1, lines.get(i));
    }
    if (!findings.isEmpty() || tree.isEmpty()) {
      return Optional.empty();
    }
    String uid = uid(node + "\n" + body(filling));
    Filling whole = filling.with(Variable.POD_UID, uid);
    check(new Structure(whole), tree.get(), scan);
    return findings.isEmpty() ? Optional.of(manifest(body(whole))) : Optional.empty();
  }

  /** The comments at the top explain the template, so they end with it. */
  private static int afterComments(List<String> lines) {
    int first = 0;
    while (first < lines.size()
        && (lines.get(first).isBlank() || lines.get(first).startsWith("#"))) {
      first++;
    }
    return first;
  }

  private Optional<Table> tree(Scan scan) {
    Problems problems = new Problems();
    Optional<Table> tree = YamlReader.read(template.file(), joined(lines), problems);
    for (Problem problem : problems.all()) {
      scan.refuse(
          "TEMPLATE_NOT_YAML",
          new Place(problem.file(), problem.line(), problem.column()),
          "the template, as it stands, " + problem.message(),
          "mend it there; inside of [ ] and { } a variable needs quotation marks");
    }
    if (problems.none() && first == lines.size()) {
      scan.refuse(
          "TEMPLATE_EMPTY",
          Place.wholeFile(template.file()),
          "the template is empty: a manifest holds one pod",
          "copy a shipped one, or take " + template.name() + " out of manifests.set");
    }
    return tree;
  }

  private String body(Filling filling) {
    List<String> filled = new ArrayList<>();
    lines.subList(first, lines.size()).forEach(line -> filled.addAll(filling.lines(line)));
    return joined(filled);
  }

  private static String joined(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }

  private void check(Structure structure, Table tree, Scan scan) {
    String body = body(structure.filling());
    Problems problems = new Problems();
    Optional<Place> difference =
        YamlReader.read(template.file(), body, problems)
            .filter(_ -> problems.none())
            .map(rendered -> structure.difference(tree, rendered))
            .orElseGet(
                () -> problems.all().stream().map(p -> origin(structure.filling(), p)).findFirst());
    difference.ifPresent(
        place ->
            scan.refuse(
                "VALUE_CHANGES_STRUCTURE",
                place,
                "with its value this would be other YAML than the template: " + shown(place),
                QUOTE));
    for (Value.Text text : structure.misread(tree)) {
      scan.refuse(
          "VALUE_NO_TEXT",
          text.place(),
          Quote.of(structure.filling().in(text.text()))
              + ", the value of "
              + Quote.bare(text.text())
              + ", would be read as a number, truth, date or nothing, and not as text",
          QUOTE);
    }
  }

  /** The template's line from which a line of the rendered file came. */
  private Place origin(Filling filling, Problem problem) {
    int rendered = 0;
    for (int i = first; i < lines.size(); i++) {
      rendered += filling.lines(lines.get(i)).size();
      if (rendered >= problem.line()) {
        return new Place(template.file(), i + 1, 1);
      }
    }
    return Place.wholeFile(template.file());
  }

  private String shown(Place place) {
    return place.line() >= 1 && place.line() <= lines.size()
        ? Quote.of(lines.get(place.line() - 1).strip())
        : "the whole file";
  }

  private Manifest manifest(String body) {
    String header =
        """
        # Made by ha-supervisor from %s. Do not change it here: change
        # the template or the configuration, and run: ha-supervisor manifests place
        # sha256 of what follows: %s
        """
            .formatted(file(), new Manifest(template.name(), "", body).sha256());
    return new Manifest(template.name(), template.file().toString(), header + body);
  }

  private String file() {
    String file = template.file().toString();
    return Scalar.writable(file) ? file : Quote.bare(file);
  }

  /** Version 8 of RFC 9562, from the hash of everything else. */
  private static String uid(String rest) {
    String hash = new Manifest("", "", rest).sha256();
    long high = (Long.parseUnsignedLong(hash, 0, 16, 16) & 0xffffffff_ffff0fffL) | 0x8000L;
    long low = (Long.parseUnsignedLong(hash, 16, 32, 16) & 0x3fffffff_ffffffffL) | 1L << 63;
    return new UUID(high, low).toString();
  }
}
