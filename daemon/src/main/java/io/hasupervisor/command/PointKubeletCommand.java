package io.hasupervisor.command;

import io.hasupervisor.act.hostfiles.KubeletChange;
import io.hasupervisor.assess.manifest.UnifiedDiff;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.Profile;
import io.hasupervisor.control.cli.ExitCodes;
import io.hasupervisor.decide.hostfiles.Pointing;
import io.hasupervisor.loop.Plan;
import io.hasupervisor.observe.hostfiles.SmallFile;
import io.hasupervisor.yaml.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "point-kubelet",
    description = {
      "Change the kubelet's file so that the kubelet reads our manifest directory.",
      "Shows the difference, replaces the file whole and keeps the one before. The kubelet is not"
          + " restarted."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ha-supervisor host point-kubelet --dry-run",
      "  ha-supervisor host point-kubelet && ha-supervisor restart kubelet"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {ExitCodes.DONE, ExitCodes.REFUSED, "2:wrong usage", ExitCodes.BAD_CONFIG})
final class PointKubeletCommand extends MasterCommand {
  @Option(names = "--dry-run", description = "Only show the difference.")
  boolean dryRun;

  @Override
  int run(Plan plan, Master master, Path stateDir) throws IOException {
    if (!dryRun && notRoot()) {
      return 1;
    }
    Path file = master.kubelet().config();
    Path directory = master.manifests().directory();
    Optional<String> before = SmallFile.present(file);
    if (before.isEmpty() && master.profile() == Profile.MODERN) {
      return failed(
          file + " is not there: let the installation write it (kubeadm init phase kubelet-start)");
    }
    return switch (Pointing.of(file, before.orElse(""), master.profile(), directory)) {
      case Pointing.Right _ -> {
        out().println(file + " names " + directory + " already; nothing to change");
        yield 0;
      }
      case Pointing.Refused refused ->
          failed(where(refused.place()) + ": " + refused.why() + "; nothing was changed");
      case Pointing.Changed changed -> {
        String shown = SmallFile.utf8(before.orElse(""));
        out()
            .print(
                UnifiedDiff.of(
                    file.toString(), shown, file.toString(), SmallFile.utf8(changed.text())));
        if (!dryRun) {
          write(new KubeletChange(stateDir), file, before, changed.text());
        }
        yield 0;
      }
    };
  }

  private void write(KubeletChange change, Path file, Optional<String> before, String after)
      throws IOException {
    Optional<Path> kept = change.write(file, before, after, Instant.now());
    out().println("changed: " + file + kept.map(it -> "; the one before is " + it).orElse(""));
    out().println("It counts once the kubelet is restarted: ha-supervisor restart kubelet");
  }

  private static String where(Place place) {
    return place.file() + (place.line() == 0 ? "" : ":" + place.line());
  }
}
