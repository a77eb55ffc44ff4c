package io.hasupervisor.command;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.hostfiles.HostRules;
import io.hasupervisor.control.cli.ExitCodes;
import io.hasupervisor.host.Reason;
import io.hasupervisor.monit.Imported;
import io.hasupervisor.monit.MonitImport;
import io.hasupervisor.observe.hostfiles.HostPaths;
import io.hasupervisor.observe.hostfiles.RivalSeen;
import io.hasupervisor.yaml.Problems;
import io.hasupervisor.yaml.TrustedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a file of our configuration of monit's, and says what has no counterpart. */
@Command(
    name = "import-monit",
    description = {
      "Make services of what monit watches: reads its control file and what that includes, and"
          + " writes a file of our configuration, each line with where it comes from.",
      "What has no counterpart is named there and here, with what to do instead. No password of"
          + " monit's is taken over or shown, and monit itself is left as it is."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ha-supervisor import-monit --dry-run | less",
      "  ha-supervisor import-monit /etc/monit/monitrc && ha-supervisor check-config"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:written, or shown by --dry-run",
      "1:refused or failed; nothing was written",
      "2:wrong usage, or a file of monit's is wrong; nothing was written",
      ExitCodes.BAD_CONFIG
    })
final class ImportMonitCommand extends LocalCommand {
  private static final int USAGE = 2;

  private final HostPaths paths;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      defaultValue = "/etc/monit/monitrc",
      description = "monit's control file (default: ${DEFAULT-VALUE}).")
  Path control = Path.of("/etc/monit/monitrc");

  @Option(names = "--dry-run", description = "Print the file that would be written; write nothing.")
  boolean dryRun;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Where to write (default: conf.d/monit.yaml beside the configuration).")
  Optional<Path> output = Optional.empty();

  @Option(names = "--force", description = "Replace the file; the old one is kept beside it.")
  boolean force;

  ImportMonitCommand() {
    this(HostPaths.ofThisHost());
  }

  /**
   * A seam for tests.
   *
   * @param paths of the host whose units and processes are looked at
   */
  ImportMonitCommand(HostPaths paths) {
    this.paths = paths;
  }

  @Override
  public Integer call() {
    try {
      return run();
    } catch (IOException e) {
      return failed(1, Reason.withFile(e));
    } finally {
      out().flush();
      err().flush();
    }
  }

  private int run() throws IOException {
    Problems problems = new Problems();
    Optional<Imported> imported =
        MonitImport.read(
            control.toAbsolutePath().normalize(),
            new MonitFiles(TrustedFile.user()),
            this::hasUnit,
            problems);
    if (imported.isEmpty()) {
      problems.all().forEach(err()::println);
      return failed(USAGE, "nothing was written; monit -t -c " + control + " checks it too");
    }
    Path file = output.orElse(config.resolveSibling("conf.d").resolve("monit.yaml"));
    ImportedFile target = new ImportedFile(file.toAbsolutePath().normalize(), config);
    List<String> wrong = target.problems(imported.get().text());
    if (!wrong.isEmpty()) {
      if (dryRun) {
        out().print(imported.get().text());
      }
      wrong.forEach(err()::println);
      return failed(BAD_CONFIG, "nothing was written: with " + file + " it would be wrong");
    }
    return dryRun ? shown(imported.get(), file) : written(imported.get(), target);
  }

  private int shown(Imported imported, Path file) {
    out().print(imported.text());
    out().flush();
    // On standard error, so that the file alone goes into a pipe.
    err().println(count(imported) + "; nothing was written to " + file + ": dry run");
    rivals();
    return 0;
  }

  private int written(Imported imported, ImportedFile target) throws IOException {
    if (imported.services() == 0) {
      imported.left().forEach(err()::println);
      return failed(1, "nothing of it becomes a service here, and nothing was written");
    }
    if (target.isSame(imported.text())) {
      out().println(target.file() + " is so already");
      return 0;
    }
    if (target.exists() && !force) {
      return failed(
          1,
          target.file()
              + " is there already and differs: see --dry-run; --force replaces it and keeps the"
              + " old one");
    }
    Optional<Path> kept = target.write(imported.text());
    imported.left().forEach(out()::println);
    out()
        .println(
            "Wrote "
                + target.file()
                + kept.map(old -> "; the old one is " + old).orElse("")
                + ": "
                + count(imported)
                + ".");
    out().flush();
    rivals();
    out()
        .println("Next: read it, then stop monit, then: systemctl reload-or-restart ha-supervisor");
    return 0;
  }

  private static String count(Imported imported) {
    int services = imported.services();
    int left = imported.left().size();
    return (services == 1 ? "1 service" : services + " services")
        + ", "
        + (left == 1 ? "1 statement" : left + " statements")
        + " not imported or not wholly";
  }

  /** Two supervisors of one service undo each other's work. */
  private void rivals() {
    for (Finding finding : HostRules.rivals(RivalSeen.look(paths))) {
      err().println(finding.text() + ": " + finding.cure());
    }
    if (RivalSeen.runs(paths)) {
      err()
          .println(
              "monit runs on this host, and would undo what ha-supervisor does: end it first, with"
                  + " systemctl disable --now monit, or take these services from its files and"
                  + " monit reload");
    }
  }

  private boolean hasUnit(String name) {
    try {
      return List.of("/etc/systemd/system/", "/lib/systemd/system/", "/usr/lib/systemd/system/")
          .stream()
          .anyMatch(it -> Files.exists(paths.at(it + name)));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private int failed(int exit, String why) {
    out().flush();
    err().println("ha-supervisor: " + why);
    return exit;
  }
}
