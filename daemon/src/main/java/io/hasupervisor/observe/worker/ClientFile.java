package io.hasupervisor.observe.worker;

import io.hasupervisor.host.Reason;
import io.hasupervisor.observe.hostfiles.ShellFile;
import io.hasupervisor.observe.hostfiles.SmallFile;
import io.hasupervisor.yaml.Place;
import io.hasupervisor.yaml.Problem;
import io.hasupervisor.yaml.Problems;
import io.hasupervisor.yaml.Value;
import io.hasupervisor.yaml.Value.Table;
import io.hasupervisor.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A file in which a client of the apiservers is told where they are. */
public sealed interface ClientFile {
  Path file();

  /** It is not there. */
  record Absent(Path file) implements ClientFile {}

  /** It is there and cannot be used; {@code why} quotes nothing of it. */
  record Unusable(Path file, Place place, String why) implements ClientFile {}

  /**
   * Shell assignments with flags.
   *
   * @param text as {@link SmallFile} reads it
   * @param flags those that lead to apiservers
   */
  record Flags(Path file, String text, ShellFile shell, List<ServerFlag> flags)
      implements ClientFile {
    public Flags {
      flags = List.copyOf(flags);
    }
  }

  /**
   * A kubeconfig.
   *
   * @param text as {@link SmallFile} reads it
   * @param server of the current context's cluster; its place is its value's
   */
  record Kubeconfig(Path file, String text, Value.Text server) implements ClientFile {}

  /** Reads it; never follows a link: what is changed is the file itself. */
  static ClientFile read(Path file) {
    try {
      return of(file, SmallFile.read(file));
    } catch (NoSuchFileException e) {
      return new Absent(file);
    } catch (IOException e) {
      return new Unusable(file, Place.wholeFile(file), Reason.of(e));
    }
  }

  /** Of text that {@link SmallFile} has read; which of the two it is, it tells itself. */
  static ClientFile of(Path file, String text) {
    boolean kubeconfig =
        text.stripLeading().startsWith("{")
            || text.lines().anyMatch(line -> line.matches("[\"']?(clusters|kind)[\"']?:.*"));
    if (kubeconfig) {
      return kubeconfig(file, text);
    }
    ShellFile shell = ShellFile.parse(text);
    return new Flags(file, text, shell, ServerFlag.in(file, shell));
  }

  private static ClientFile kubeconfig(Path file, String text) {
    String utf8 = SmallFile.utf8(text);
    if (!SmallFile.characters(utf8).equals(text)) {
      return new Unusable(file, Place.wholeFile(file), "it is not UTF-8");
    }
    Problems problems = new Problems();
    Optional<Table> root = YamlReader.read(file, utf8, problems);
    Optional<Problem> first = problems.all().stream().findFirst();
    if (first.isPresent() || root.isEmpty()) {
      // The reader's own words could quote a secret.
      Place place =
          first.map(it -> new Place(file, it.line(), it.column())).orElse(Place.wholeFile(file));
      return new Unusable(file, place, "it is no kubeconfig that can be read");
    }
    return server(root.get())
        .<ClientFile>map(server -> new Kubeconfig(file, text, server))
        .orElseGet(
            () ->
                new Unusable(
                    file,
                    Place.wholeFile(file),
                    "it names no current context with a cluster that has a server"));
  }

  private static Optional<Value.Text> server(Table root) {
    return text(root, "current-context")
        .flatMap(name -> named(root, "contexts", name.text(), "context"))
        .flatMap(context -> text(context, "cluster"))
        .flatMap(name -> named(root, "clusters", name.text(), "cluster"))
        .flatMap(cluster -> text(cluster, "server"));
  }

  private static Optional<Table> named(Table root, String list, String name, String part) {
    if (!(root.entries().get(list) instanceof Value.Entry(_, Value.Items items))) {
      return Optional.empty();
    }
    for (Value item : items.items()) {
      if (item instanceof Table table
          && text(table, "name").map(Value.Text::text).equals(Optional.of(name))
          && table.entries().get(part) instanceof Value.Entry(_, Table found)) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  private static Optional<Value.Text> text(Table in, String key) {
    return in.entries().get(key) instanceof Value.Entry(_, Value.Text text)
            && !text.text().isEmpty()
        ? Optional.of(text)
        : Optional.empty();
  }
}
