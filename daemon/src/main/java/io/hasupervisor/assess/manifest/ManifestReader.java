package io.hasupervisor.assess.manifest;

import static io.hasupervisor.assess.Finding.Severity.CRITICAL;
import static io.hasupervisor.assess.Finding.Severity.WARNING;

import io.hasupervisor.observe.manifest.ManifestBytes;
import io.hasupervisor.yaml.Flaw;
import io.hasupervisor.yaml.Place;
import io.hasupervisor.yaml.Utf8;
import io.hasupervisor.yaml.Value.Table;
import io.hasupervisor.yaml.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A file's bytes to a tree with places. It takes less than the kubelet does: of several documents
 * the kubelet would read the first alone and of a key that is there twice the last, without a word.
 */
public final class ManifestReader {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{[^}\\s]{0,60}}?");

  private ManifestReader() {}

  /** The root map; empty after it was told to {@code report} why there is none. */
  public static Optional<Table> read(Path file, ManifestBytes content, Report report) {
    return switch (content) {
      case ManifestBytes.Whole whole -> parse(file, whole.bytes(), report);
      case ManifestBytes.Unreadable bad -> {
        unreadable(file, bad, report);
        yield Optional.empty();
      }
    };
  }

  private static Optional<Table> parse(Path file, byte[] bytes, Report report) {
    String subject = subject(file);
    List<Flaw> found = new ArrayList<>();
    Flaw.Listener flaws =
        (flaw, place, path, message) -> {
          found.add(flaw);
          String text = (path.isEmpty() ? "" : path + " ") + message;
          report.add(code(flaw), CRITICAL, subject, place, text, cure(flaw));
        };
    if (bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB) {
      report.add(
          "BYTE_ORDER_MARK",
          WARNING,
          subject,
          new Place(file, 1, 1),
          "begins with a byte order mark: the kubelet skips it, other programs may not",
          "save the file as UTF-8 without a byte order mark");
    }
    Optional<String> text = Utf8.text(file, bytes, flaws);
    text.ifPresent(t -> look(file, t, report));
    Optional<Table> root = text.flatMap(t -> YamlReader.read(file, t, flaws));
    if (!found.isEmpty()) {
      // What was not taken is missing in the tree: more could only be said wrongly.
      return Optional.empty();
    }
    if (root.isPresent() && root.get().entries().isEmpty()) {
      report.add(
          "EMPTY_MANIFEST",
          CRITICAL,
          subject,
          Place.wholeFile(file),
          "holds no pod: the kubelet complains of such a file for ever",
          "write a pod into it, or remove it");
      return Optional.empty();
    }
    return root;
  }

  /** What can be said of the text before it is understood. */
  private static void look(Path file, String text, Report report) {
    int crlf = text.indexOf("\r\n");
    if (crlf >= 0) {
      report.add(
          "CRLF",
          WARNING,
          subject(file),
          place(file, text, crlf),
          "has lines that end with CR LF: the kubelet takes them, scripts and diffs may not",
          "convert it, as with: sed -i 's/\\r$//' " + file);
    }
    TreeSet<String> names = new TreeSet<>();
    VARIABLE.matcher(text).results().map(MatchResult::group).forEach(names::add);
    if (!names.isEmpty()) {
      report.add(
          "TEMPLATE_NOT_RENDERED",
          CRITICAL,
          subject(file),
          place(file, text, text.indexOf("${")),
          "this is a template, not a manifest: " + String.join(", ", names) + " is left in it",
          "render it with: ha-supervisor manifests render; or write the values out");
    }
  }

  private static void unreadable(Path file, ManifestBytes.Unreadable bad, Report report) {
    String cure =
        switch (bad.why()) {
          case MISSING -> "check the name";
          case NOT_A_FILE -> "name a regular file";
          case DENIED -> "run this as root, or as the file's owner";
          case TOO_LARGE -> "a manifest holds one pod, in less than 1 MiB";
          case FAILED -> "see what the system's log says of its disk";
        };
    report.add(
        "MANIFEST_" + bad.why().name(),
        CRITICAL,
        subject(file),
        Place.wholeFile(file),
        "cannot be read: " + bad.detail(),
        cure);
  }

  private static String code(Flaw flaw) {
    return switch (flaw) {
      case NOT_UTF8, CONTROL_CHARACTER, KEY_TWICE, KEY_NOT_A_WORD, SEVERAL_DOCUMENTS -> flaw.name();
      case SYNTAX -> "NOT_YAML";
      case ALIAS, TAG, TOO_DEEP -> "YAML_" + flaw.name();
      case ROOT_NOT_A_MAP -> "NOT_A_MANIFEST";
    };
  }

  private static String cure(Flaw flaw) {
    return switch (flaw) {
      case NOT_UTF8 -> "convert it, as with: iconv -t UTF-8";
      case CONTROL_CHARACTER -> "remove the character";
      case SYNTAX -> "mend the line, or the one before it: indent with spaces, never tabs";
      case ALIAS -> "write the value out where it is needed";
      case TAG -> "remove the tag; a text that looks like a number needs quotes only";
      case KEY_TWICE -> "remove one: the kubelet would take the last without a word";
      case KEY_NOT_A_WORD -> "make the key a word";
      case SEVERAL_DOCUMENTS -> "make it a file of its own: the kubelet reads the first alone";
      case TOO_DEEP -> "no field of a pod lies so deep: check the indentation and brackets";
      case ROOT_NOT_A_MAP -> "begin with: apiVersion: v1";
    };
  }

  static String subject(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static Place place(Path file, String text, int at) {
    int line = (int) text.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
    return new Place(file, line, at - text.lastIndexOf('\n', at - 1));
  }
}
