package io.hasupervisor.command;

import io.hasupervisor.act.backup.BackupFolder;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.control.cli.ExitCodes;
import io.hasupervisor.loop.Plan;
import io.hasupervisor.observe.backup.Backup;
import io.hasupervisor.observe.backup.BackupName;
import io.hasupervisor.observe.backup.BackupsSeen;
import io.hasupervisor.observe.backup.Pace;
import io.hasupervisor.observe.backup.Sidecar;
import io.hasupervisor.observe.backup.SnapshotCheck.Checked;
import io.hasupervisor.observe.backup.SnapshotFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "restore-plan",
    description = {
      "Print the commands that restore etcd on all masters from one backup. Nothing is run.",
      "Restoring takes the whole cluster back to the backup's revision: all that was written later"
          + " is lost. Where one voter still has its data, adding new members to it is better."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ha-supervisor backup restore-plan",
      "  ha-supervisor backup restore-plan --backup /root/etcd-prod-20260131T141500Z-r812233.db"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:printed",
      "1:there is no backup that is whole",
      "2:wrong usage",
      ExitCodes.BAD_CONFIG
    })
final class RestorePlanCommand extends MasterCommand {
  @Option(
      names = "--backup",
      paramLabel = "FILE",
      description = "Restore from this one (default: the newest verified one).")
  Optional<Path> file = Optional.empty();

  @Override
  int run(Plan plan, Master master, Path stateDir) throws IOException, InterruptedException {
    return notRoot() ? 1 : print(master, stateDir);
  }

  int print(Master master, Path stateDir) throws IOException, InterruptedException {
    BackupsSeen seen = new BackupFolder(master).look();
    Optional<Backup> known =
        file.map(Path::toAbsolutePath)
            .map(Path::normalize)
            .map(
                path ->
                    seen.backups().stream()
                        .filter(backup -> backup.file().equals(path))
                        .findFirst())
            .orElseGet(seen::newestVerified);
    Optional<Path> chosen =
        file.map(Path::toAbsolutePath).map(Path::normalize).or(() -> known.map(Backup::file));
    if (chosen.isEmpty()) {
      return failed(
          "there is no verified backup in "
              + seen.directory()
              + seen.problem().map(why -> ": " + why).orElse("")
              + "; name one of another host: --backup FILE");
    }
    // Read now: a plan for a file that turns out to be damaged would stop half-way.
    Checked checked =
        SnapshotFile.check(chosen.get(), Pace.of(master.backup().bytesPerSecond()), _ -> {});
    if (checked.problem().isPresent()) {
      return failed(chosen.get() + " must not be restored from: " + checked.problem().get());
    }
    String version = known.flatMap(Backup::sidecar).map(Sidecar::version).orElse("");
    String stamp = BackupName.stamp(Instant.now());
    out()
        .print(
            new RestorePlan(master, stateDir, chosen.get(), checked.sha256(), version, stamp)
                .text());
    return 0;
  }
}
