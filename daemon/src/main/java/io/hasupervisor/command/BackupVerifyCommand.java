package io.hasupervisor.command;

import io.hasupervisor.act.backup.BackupFolder;
import io.hasupervisor.act.backup.Verification;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.control.cli.ExitCodes;
import io.hasupervisor.control.cli.Terminal;
import io.hasupervisor.host.Reason;
import io.hasupervisor.host.SystemClock;
import io.hasupervisor.loop.Plan;
import io.hasupervisor.observe.backup.Backup;
import io.hasupervisor.observe.backup.BackupsSeen;
import io.hasupervisor.observe.backup.Pace;
import io.hasupervisor.observe.backup.SnapshotCheck.Checked;
import io.hasupervisor.observe.backup.SnapshotFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

@Command(
    name = "verify",
    description = {
      "Read backups from first byte to last, and compare them with the checksum that etcd wrote at"
          + " their end; etcdctl snapshot status does not.",
      "Without FILE: the newest one. What is found is noted beside the backup."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ha-supervisor backup verify --all",
      "  ha-supervisor backup verify /mnt/usb/etcd-prod-20260131T141500Z-r812233.db"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:each one is whole",
      "1:one is not, cannot be read, or there is none",
      "2:wrong usage",
      ExitCodes.BAD_CONFIG
    })
final class BackupVerifyCommand extends MasterCommand {
  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "A snapshot of etcd, here or elsewhere.")
  Optional<Path> file = Optional.empty();

  @Option(names = "--all", description = "All backups of this host.")
  boolean all;

  @Override
  int run(Plan plan, Master master, Path stateDir) throws InterruptedException {
    if (all && file.isPresent()) {
      throw new ParameterException(spec.commandLine(), "either FILE or --all");
    }
    return notRoot() ? 1 : verify(master);
  }

  int verify(Master master) throws InterruptedException {
    BackupsSeen seen = new BackupFolder(master).look();
    if (seen.problem().isPresent()) {
      return failed(seen.directory() + ": " + seen.problem().get());
    }
    Optional<Path> wanted = file.map(path -> path.toAbsolutePath().normalize());
    List<Backup> chosen =
        all
            ? seen.backups()
            : seen.backups().stream()
                .filter(backup -> wanted.isEmpty() || wanted.get().equals(backup.file()))
                .limit(1)
                .toList();
    if (chosen.isEmpty()) {
      return wanted.isPresent()
          ? elsewhere(master, wanted.get())
          : failed("there is no backup yet");
    }
    int worst = 0;
    for (Backup backup : chosen) {
      worst = Math.max(worst, check(master, backup));
    }
    return worst;
  }

  private int check(Master master, Backup backup) throws InterruptedException {
    try {
      Backup checked =
          new Verification(master, SystemClock.verified()).check(backup, shown(backup.file()));
      return told(backup.file(), checked.problem());
    } catch (IOException e) {
      return failed(backup.file() + ": what was found cannot be noted: " + Reason.withFile(e));
    }
  }

  private int elsewhere(Master master, Path path) throws InterruptedException {
    try {
      Checked checked =
          SnapshotFile.check(path, Pace.of(master.backup().bytesPerSecond()), shown(path));
      out().println("sha256 " + checked.sha256());
      return told(path, checked.problem().orElse(""));
    } catch (IOException e) {
      return told(path, "it cannot be read: " + Reason.of(e));
    }
  }

  private LongConsumer shown(Path path) {
    long size = path.toFile().length();
    ByteProgress progress =
        new ByteProgress(out(), Terminal.ofProcess().interactive(), SystemClock.verified());
    return bytes -> {
      progress.received(bytes, Math.max(bytes, size));
      if (bytes >= size) {
        progress.end();
      }
    };
  }

  private int told(Path path, String problem) {
    out().println(path + (problem.isEmpty() ? ": whole" : ": DAMAGED: " + problem));
    return problem.isEmpty() ? 0 : 1;
  }
}
