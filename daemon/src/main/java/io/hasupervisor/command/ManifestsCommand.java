package io.hasupervisor.command;

import io.hasupervisor.assess.manifest.UnifiedDiff;
import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.control.cli.ExitCodes;
import io.hasupervisor.loop.Plan;
import io.hasupervisor.observe.manifest.ManifestBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The group of commands on static pod manifests. */
@Command(
    name = "manifests",
    description = "Render, judge and place the static pod manifests of this master.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ManifestsCommand.Validate.class,
      ManifestsCommand.Render.class,
      ManifestsCommand.Diff.class,
      PlaceCommand.class,
      HistoryCommand.class,
      RollbackCommand.class,
      AcceptCommand.class
    },
    footerHeading = "%nExample:%n",
    footer = "  ha-supervisor manifests validate /etc/kubernetes/manifests/*.yaml",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {ExitCodes.DONE, ExitCodes.REFUSED, "2:wrong usage", ExitCodes.BAD_CONFIG})
final class ManifestsCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "Missing required subcommand");
  }

  @Command(
      name = "validate",
      description = {
        "Judge manifests: their form, and whether such pods can do what they should.",
        "Without FILE: those that the configuration makes for this host, with all that this host"
            + " can tell. With FILE: these, on any machine; with --config too, they are taken to"
            + " be meant for this host."
      },
      footerHeading = "%nExample:%n",
      footer = {
        "  ha-supervisor manifests validate",
        "  ha-supervisor manifests validate etcd.yaml kube-apiserver.yaml"
      },
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:nothing critical found; perhaps warnings",
        "1:something critical found, or nothing to be rendered",
        "2:wrong usage",
        ExitCodes.BAD_CONFIG
      })
  static final class Validate extends LocalCommand {
    @Parameters(paramLabel = "FILE", description = "Manifests to judge together.")
    List<Path> files = List.of();

    @Option(names = "--json", description = "Print one JSON object.")
    boolean json;

    @Override
    public Integer call() {
      boolean configured = spec.commandLine().getParseResult().hasMatchedOption("--config");
      if (!files.isEmpty() && !configured) {
        return print(ManifestCheck.ofFiles(files, Optional.empty()), files.size());
      }
      Optional<Plan> plan = plan();
      if (plan.isEmpty()) {
        return BAD_CONFIG;
      }
      if (!files.isEmpty()) {
        return print(ManifestCheck.ofFiles(files, plan.get().master()), files.size());
      }
      return RenderedSet.of(plan.get(), err())
          .map(set -> print(set.check(), set.manifests().size()))
          .orElse(1);
    }

    private int print(ManifestCheck check, int count) {
      if (json) {
        out().print(FindingJson.of(check.findings(), check.notChecked()));
      } else {
        out().print(FindingText.of(check.findings()));
        check.notChecked().forEach(what -> out().println("not checked: " + what));
        String files = count == 1 ? "1 manifest: " : count + " manifests: ";
        out().println(files + FindingText.count(check.findings()));
      }
      out().flush();
      return check.refuses() ? 1 : 0;
    }
  }

  @Command(
      name = "render",
      description = {
        "Print the manifests that the configuration makes for this host, or write them into files.",
        "Nothing is placed: that is what manifests place does."
      },
      footerHeading = "%nExample:%n",
      footer = {
        "  ha-supervisor manifests render | less",
        "  ha-supervisor manifests render --output /tmp/manifests"
      },
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {ExitCodes.DONE, ExitCodes.REFUSED, "2:wrong usage", ExitCodes.BAD_CONFIG})
  static final class Render extends LocalCommand {
    @Option(
        names = "--output",
        paramLabel = "DIR",
        description = "Write the files into DIR, with mode 0600; it is made if it is missing.")
    Optional<Path> output = Optional.empty();

    @Override
    public Integer call() {
      Optional<Plan> plan = plan();
      if (plan.isEmpty()) {
        return BAD_CONFIG;
      }
      Optional<RenderedSet> set = RenderedSet.of(plan.get(), err());
      if (set.isEmpty()) {
        return 1;
      }
      if (output.isPresent()) {
        return write(output.get(), set.get());
      }
      for (Manifest manifest : set.get().manifests()) {
        out().println("# ---- " + manifest.file());
        out().print(manifest.text());
      }
      out().flush();
      return 0;
    }

    private int write(Path directory, RenderedSet set) {
      Map<String, String> files = new LinkedHashMap<>();
      set.manifests().forEach(manifest -> files.put(manifest.file(), manifest.text()));
      try {
        new OutputDirectory(directory, set.master().manifests().directory()).write(files, out());
        out().flush();
        return 0;
      } catch (IOException e) {
        err().println("ha-supervisor: " + e.getMessage());
        return 1;
      }
    }
  }

  @Command(
      name = "diff",
      description = {
        "Show what placing would change: the files in the manifest directory against the ones that"
            + " the configuration makes, as a unified diff. Secrets are not shown."
      },
      footerHeading = "%nExample:%n",
      footer = "  ha-supervisor manifests diff",
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:shown; empty where nothing differs",
        ExitCodes.REFUSED,
        "2:wrong usage",
        ExitCodes.BAD_CONFIG
      })
  static final class Diff extends LocalCommand {
    @Override
    public Integer call() {
      Optional<Plan> plan = plan();
      if (plan.isEmpty()) {
        return BAD_CONFIG;
      }
      Optional<RenderedSet> set = RenderedSet.of(plan.get(), err());
      if (set.isEmpty()) {
        return 1;
      }
      boolean readable = true;
      for (Manifest manifest : set.get().manifests()) {
        readable &= diff(manifest, set.get().master());
      }
      out().flush();
      return readable ? 0 : 1;
    }

    private boolean diff(Manifest manifest, Master master) {
      Path placed = master.manifests().directory().resolve(manifest.file());
      String wanted = manifest.file() + " (from " + manifest.template() + ")";
      return switch (ManifestBytes.read(placed)) {
        case ManifestBytes.Whole whole -> {
          String now = new String(whole.bytes(), StandardCharsets.UTF_8);
          out().print(UnifiedDiff.of(placed.toString(), now, wanted, manifest.text()));
          yield true;
        }
        case ManifestBytes.Unreadable bad when bad.why() == ManifestBytes.Why.MISSING -> {
          out().print(UnifiedDiff.of("/dev/null", "", wanted, manifest.text()));
          yield true;
        }
        case ManifestBytes.Unreadable bad -> {
          err().println("ha-supervisor: " + placed + " cannot be read: " + bad.detail());
          yield false;
        }
      };
    }
  }
}
