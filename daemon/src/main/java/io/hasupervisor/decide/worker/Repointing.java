package io.hasupervisor.decide.worker;

import io.hasupervisor.assess.worker.Pointer;
import io.hasupervisor.observe.hostfiles.ShellFile;
import io.hasupervisor.observe.hostfiles.ShellFile.Assignment;
import io.hasupervisor.observe.hostfiles.ShellFile.Word;
import io.hasupervisor.observe.hostfiles.SmallFile;
import io.hasupervisor.observe.worker.ClientFile;
import io.hasupervisor.observe.worker.ServerFlag;
import io.hasupervisor.observe.worker.ServerUrl;
import io.hasupervisor.yaml.Place;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How one client is pointed at another address: the least change of its file, read again before it
 * is believed.
 */
public sealed interface Repointing {
  /** It is pointed there already. */
  record Right(Path file) implements Repointing {}

  /** Its file's new text. */
  record Changed(FileEdit edit) implements Repointing {}

  /** It is left alone. */
  record Refused(Place place, String why, String cure) implements Repointing {}

  /** {@code https://${MASTER_IP}}, as the seed writes it: the host is a variable of the file. */
  Pattern BY_VARIABLE = Pattern.compile("https?://(\\$\\{?([A-Za-z_]\\w*)}?)(?::\\d+)?/?");

  /**
   * Towards a URL.
   *
   * @param url as it is to be written; {@link ServerUrl} takes it
   */
  static Repointing of(Pointer pointer, String url) {
    return switch (pointer) {
      case Pointer.Unclear unclear -> new Refused(unclear.place(), unclear.why(), unclear.cure());
      case Pointer.ByFlag it -> {
        List<ShellFile.Fault> faults = it.in().shell().faults();
        yield faults.isEmpty()
            ? checked(it, url, () -> flag(it.in(), it.flag(), url))
            : new Refused(
                new Place(it.in().file(), faults.getFirst().line(), 1),
                faults.getFirst().text(),
                "keep to lines of NAME=\"value\", then again");
      }
      case Pointer.ByKubeconfig it -> checked(it, url, () -> server(it.in(), url));
    };
  }

  private static Repointing checked(
      Pointer pointer, String url, Supplier<Optional<String>> change) {
    Optional<ServerUrl> wanted = ServerUrl.parse(url);
    Path file = Pointer.place(pointer).file();
    if (wanted.isPresent() && pointer.url().equals(wanted)) {
      return new Right(file);
    }
    String before = text(pointer);
    return change
        .get()
        .filter(after -> points(file, pointer, after, wanted))
        .<Repointing>map(after -> new Changed(new FileEdit(file, Optional.of(before), after)))
        .orElseGet(
            () ->
                new Refused(
                    Pointer.place(pointer),
                    "it is written in a way that is not changed here",
                    "write " + url + " there by hand, then again"));
  }

  private static String text(Pointer pointer) {
    return switch (pointer) {
      case Pointer.ByFlag it -> it.in().text();
      case Pointer.ByKubeconfig it -> it.in().text();
      case Pointer.Unclear _ -> "";
    };
  }

  /** Whether the new text, read as the old one was, leads to the URL and nowhere else. */
  private static boolean points(
      Path file, Pointer before, String after, Optional<ServerUrl> wanted) {
    return switch (ClientFile.of(file, after)) {
      case ClientFile.Flags flags ->
          before instanceof Pointer.ByFlag
              && flags.flags().stream()
                  .filter(ServerFlag::isAddress)
                  .allMatch(flag -> ServerUrl.parse(flag.value()).equals(wanted));
      case ClientFile.Kubeconfig config ->
          before instanceof Pointer.ByKubeconfig
              && ServerUrl.parse(config.server().text()).equals(wanted);
      case ClientFile.Absent _, ClientFile.Unusable _ -> false;
    };
  }

  private static Optional<String> flag(ClientFile.Flags in, ServerFlag flag, String url) {
    if (!url.matches("[A-Za-z0-9:/.\\[\\]-]+")) {
      return Optional.empty();
    }
    return flag.word()
        .map(
            word ->
                byVariable(in, flag, word, url)
                    .orElseGet(() -> replaced(in.text(), word, flag, url)));
  }

  private static String replaced(String text, Word word, ServerFlag flag, String url) {
    boolean whole = word.text().startsWith("-");
    return new StringBuilder(text)
        .replace(word.start(), word.end(), whole ? flag.name() + "=" + url : url)
        .toString();
  }

  /** Sets the variable, where nothing else uses it: what is said of it in the file stays true. */
  private static Optional<String> byVariable(
      ClientFile.Flags in, ServerFlag flag, Word word, String url) {
    Matcher matcher = BY_VARIABLE.matcher(flag.written());
    Optional<ServerUrl> wanted = ServerUrl.parse(url);
    if (!matcher.matches() || wanted.isEmpty()) {
      return Optional.empty();
    }
    String name = matcher.group(2);
    List<Assignment> set =
        in.shell().assignments().stream().filter(it -> it.name().equals(name)).toList();
    long used =
        in.shell().assignments().stream()
            .flatMap(it -> it.words().stream())
            .filter(it -> it.text().matches("(?s).*\\$\\{?" + name + "\\b.*"))
            .count();
    if (set.size() != 1 || set.getFirst().words().size() != 1 || used != 1) {
      return Optional.empty();
    }
    Word value = set.getFirst().words().getFirst();
    String rest =
        url.substring(url.indexOf("://") + 3).substring(wanted.get().bracketed().length());
    String pointing = "https://" + matcher.group(1) + rest;
    boolean later = word.start() > value.start();
    String changed = in.text();
    if (later && !flag.written().equals(pointing)) {
      changed = replaced(changed, word, flag, pointing);
    }
    changed =
        new StringBuilder(changed)
            .replace(value.start(), value.end(), wanted.get().bracketed())
            .toString();
    return later ? Optional.of(changed) : Optional.empty();
  }

  /** Only the scalar's own characters. */
  private static Optional<String> server(ClientFile.Kubeconfig in, String url) {
    String utf8 = SmallFile.utf8(in.text());
    String old = in.server().text();
    Optional<Integer> start = offset(utf8, in.server().place());
    if (start.isEmpty()) {
      return Optional.empty();
    }
    int at = start.get();
    char quote = in.server().plain() ? 0 : utf8.charAt(at);
    int from = quote == 0 ? at : at + 1;
    int to = from + old.length();
    boolean found =
        utf8.startsWith(old, from)
            && (quote == 0 || (to < utf8.length() && utf8.charAt(to) == quote));
    // Brackets of an IPv6 address would begin a list where the map is written in one line.
    String written = quote == 0 && url.contains("[") ? '"' + url + '"' : url;
    return found
        ? Optional.of(SmallFile.characters(utf8.substring(0, from) + written + utf8.substring(to)))
        : Optional.empty();
  }

  private static Optional<Integer> offset(String text, Place place) {
    int at = 0;
    for (int line = 1; line < place.line(); line++) {
      int end = text.indexOf('\n', at);
      if (end < 0) {
        return Optional.empty();
      }
      at = end + 1;
    }
    int end = text.indexOf('\n', at);
    String line = text.substring(at, end < 0 ? text.length() : end);
    int column = place.column() - 1;
    return column >= 0 && column < line.codePointCount(0, line.length())
        ? Optional.of(at + line.offsetByCodePoints(0, column))
        : Optional.empty();
  }
}
