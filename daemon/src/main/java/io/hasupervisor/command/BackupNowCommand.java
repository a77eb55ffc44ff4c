package io.hasupervisor.command;

import io.hasupervisor.act.backup.BackupResult;
import io.hasupervisor.act.backup.EtcdBackup;
import io.hasupervisor.act.backup.Hook;
import io.hasupervisor.act.backup.Source;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.control.cli.ExitCodes;
import io.hasupervisor.control.cli.Terminal;
import io.hasupervisor.decide.backup.Permission;
import io.hasupervisor.decide.backup.Refusal;
import io.hasupervisor.host.SystemClock;
import io.hasupervisor.loop.Plan;
import io.hasupervisor.observe.backup.Backup;
import io.hasupervisor.observe.backup.Sidecar;
import io.hasupervisor.observe.etcd.EtcdChannel;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;

@Command(
    name = "now",
    description = {
      "Back etcd up now, from this host's own member, and check every byte of it.",
      "The daemon does the same every hour. Both never do it at once; old backups go as the"
          + " configuration says, the newest verified one never."
    },
    footerHeading = "%nExample:%n",
    footer = "  ha-supervisor backup now",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:made and verified; a failing backup.hook is only told",
      "1:refused or failed: the text says why, and what was there before still is",
      "2:wrong usage",
      ExitCodes.BAD_CONFIG
    })
final class BackupNowCommand extends MasterCommand {
  @Override
  int run(Plan plan, Master master, Path stateDir) throws InterruptedException {
    if (notRoot()) {
      return 1;
    }
    Optional<String> own = master.etcd().local();
    if (own.isEmpty()) {
      return refused(Permission.noMember().orElseThrow());
    }
    out().println("asking etcd's member at " + own.get());
    out().flush();
    SystemClock clock = SystemClock.verified();
    ByteProgress progress = new ByteProgress(out(), Terminal.ofProcess().interactive(), clock);
    try (EtcdChannel channel = EtcdChannel.to(own.get(), master.etcd().tls())) {
      BackupResult result = new EtcdBackup(master, clock).run(Source.of(channel), progress);
      progress.end();
      return switch (result) {
        case BackupResult.Failed failed -> refused(failed.why());
        case BackupResult.Made made -> {
          made(made);
          hook(master, stateDir, made.backup().file());
          yield 0;
        }
      };
    }
  }

  private int refused(Refusal why) {
    int code = failed(why.text() + " (" + why.code() + ")");
    err().println("  cure: " + why.cure());
    return code;
  }

  private void made(BackupResult.Made made) {
    Backup backup = made.backup();
    out().println("file      " + backup.file());
    out().println("revision  " + backup.revision());
    out().println("size      " + ByteProgress.mebibytes(backup.size()));
    out().println("sha256    " + backup.sidecar().map(Sidecar::sha256).orElse(""));
    out().println("verified: its checksum is the member's, and it is a whole database");
    made.removed().forEach(old -> out().println("removed   " + old));
  }

  private void hook(Master master, Path stateDir, Path file) throws InterruptedException {
    if (!master.backup().hook().isEmpty()) {
      out().println("running backup.hook: " + String.join(" ", master.backup().hook()));
      out().flush();
      Hook.of(master.backup().hook(), stateDir)
          .run(file)
          .ifPresent(why -> err().println("WARNING: backup.hook failed: " + why));
    }
  }
}
