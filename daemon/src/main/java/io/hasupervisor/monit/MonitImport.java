package io.hasupervisor.monit;

import io.hasupervisor.monit.Statement.Entry;
import io.hasupervisor.monit.Statement.Kind;
import io.hasupervisor.monit.Statement.Setting;
import io.hasupervisor.monit.Statement.Test;
import io.hasupervisor.monit.Statement.Top;
import io.hasupervisor.monit.Statement.Unknown;
import io.hasupervisor.yaml.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Makes a file of our configuration of monit's control files. */
public final class MonitImport {
  private final Path main;
  private final Includes read;
  private final Leftovers leftovers;
  private final Settings settings = new Settings();
  private final Services services = new Services();

  private MonitImport(Path main, Includes read, Leftovers leftovers) {
    this.main = main;
    this.read = read;
    this.leftovers = leftovers;
  }

  /**
   * Reads {@code main} and what it includes.
   *
   * @param units whether systemd has a unit of this name
   * @param problems takes what is wrong with the files
   * @return empty if something is wrong with them
   */
  public static Optional<Imported> read(
      Path main, ControlFiles files, Predicate<String> units, Problems problems) {
    Leftovers leftovers = new Leftovers();
    Includes read = Includes.of(main, files, problems, leftovers);
    return problems.none()
        ? Optional.of(new MonitImport(main, read, leftovers).make(units))
        : Optional.empty();
  }

  private Imported make(Predicate<String> units) {
    List<Top> statements = Parser.statements(read.tokens());
    for (Top statement : statements) {
      switch (statement) {
        case Setting setting -> settings.add(setting, leftovers);
        case Entry entry when entry.kind() == Kind.PROCESS -> services.add(entry, units, leftovers);
        case Entry entry -> other(entry);
        case Unknown unknown ->
            leftovers.add(unknown.at(), unknown.shown(), "not understood, and not imported");
      }
    }
    Block all = new Block();
    for (Top statement : statements) {
      if (statement instanceof Entry entry && entry.kind() == Kind.PROCESS) {
        process(entry, all);
      }
    }
    runtime(all);
    List<Leftover> left = sorted();
    return new Imported(text(all, left), services.entries().size(), left);
  }

  private void process(Entry entry, Block all) {
    if (services.has(entry)) {
      Block block = all.block(services.of(entry));
      new ServiceImport(
              entry, services.target(entry), services, settings, block, leftovers.of(entry))
          .write();
    } else {
      entry
          .statements()
          .forEach(it -> leftovers.of(entry).add(it.at(), it.shown(), "goes with its entry"));
    }
  }

  private void other(Entry entry) {
    leftovers.add(entry.at(), entry.shown(), Instead.of(entry.kind()));
    for (Statement statement : entry.statements()) {
      leftovers
          .of(entry)
          .add(
              statement.at(),
              statement.shown(),
              statement instanceof Test test
                  ? Instead.of(entry.kind(), test)
                  : "goes with its entry");
    }
  }

  /** A kubelet on containerd would wait in vain for docker, which is there without being told. */
  private void runtime(Block all) {
    if (!services.runtime().equals("containerd")) {
      return;
    }
    Origin at =
        services.entries().stream()
            .filter(it -> services.of(it).equals("containerd"))
            .map(Entry::at)
            .findFirst()
            .orElse(new Origin(main, 1));
    Block docker = all.block("docker");
    docker.remark(at, "containerd is watched, and docker is not");
    docker.truth("enabled", false, at);
    if (!services.hasNamed("kubelet")) {
      all.block("kubelet").list("depends-on", List.of("containerd"), at);
    }
  }

  private List<Leftover> sorted() {
    List<Leftover> all = new ArrayList<>(leftovers.all());
    List<Path> files = read.files();
    all.sort(
        Comparator.<Leftover>comparingInt(it -> files.indexOf(it.at().file()))
            .thenComparingInt(it -> it.at().line()));
    return List.copyOf(all);
  }

  private String text(Block all, List<Leftover> left) {
    StringBuilder text = new StringBuilder();
    text.append("# Made by ha-supervisor import-monit of ").append(named(main)).append(" and what");
    text.append(" it includes.\n");
    text.append("# Behind each line stands where it comes from; ha-supervisor.yaml explains it.\n");
    settings.remarks().forEach(it -> text.append("# ").append(it).append('\n'));
    if (!services.entries().isEmpty()) {
      text.append("\nservices:\n").append(all.render(2));
    }
    if (!left.isEmpty()) {
      text.append("\n# Not imported, or not wholly, and what to do instead:\n");
      left.forEach(it -> text.append("# ").append(it).append('\n'));
    }
    return text.toString();
  }

  private static String named(Path file) {
    String name = new Origin(file, 1).toString();
    return name.substring(0, name.lastIndexOf(':'));
  }
}
