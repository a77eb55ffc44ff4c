package io.hasupervisor.command;

import io.hasupervisor.assess.etcd.EtcdMaxima;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.control.ControlClient;
import io.hasupervisor.control.ControlFailure;
import io.hasupervisor.control.Reply;
import io.hasupervisor.control.Request;
import io.hasupervisor.control.cli.ExitCodes;
import io.hasupervisor.host.DirectoryLock;
import io.hasupervisor.host.Reason;
import io.hasupervisor.loop.EtcdMemory;
import io.hasupervisor.loop.Plan;
import io.hasupervisor.publish.Plain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "accept-restore",
    description = {
      "Accept that etcd's data is older than what this host saw before, as after a restore: forget"
          + " the highest revision that was proven to it.",
      "To be said on each master, after the restored cluster works. Where nobody restored anything,"
          + " older data means that the newer is being lost: start nothing, delete nothing, and"
          + " look for the member that still has it."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  ha-supervisor etcd accept-restore", "  ha-supervisor etcd accept-restore --yes"},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:forgotten, or nothing was remembered",
      "1:refused or failed; or only shown, without --yes",
      "2:wrong usage",
      ExitCodes.BAD_CONFIG
    })
final class AcceptRestoreCommand extends MasterCommand {
  private static final int NO_DAEMON = 3;

  @Mixin Consent consent = new Consent();

  @Override
  int run(Plan plan, Master master, Path stateDir) throws IOException {
    if (!consent.yes) {
      return notRoot() ? 1 : show(stateDir);
    }
    try {
      Reply reply =
          ControlClient.of(plan.settings().controlSocket()).ask(new Request.AcceptRestore());
      if (reply.exit() != 0) {
        return failed(Plain.line(reply.body(), 1000));
      }
      out().println(Plain.line(reply.body(), 1000));
      return 0;
    } catch (ControlFailure failure) {
      if (failure.exit() != NO_DAEMON) {
        return failed(failure.text());
      }
    }
    return notRoot() ? 1 : forget(stateDir);
  }

  private int show(Path stateDir) {
    Optional<String> remembered = remembered(stateDir);
    if (remembered.isEmpty()) {
      out().println("nothing is remembered of etcd: any data is accepted");
      return 0;
    }
    out().println("would be forgotten: " + remembered.get());
    out().println("then etcd's data as it is, older or not, is the measure from now on");
    return failed(Consent.MISSING);
  }

  /** A daemon that hangs still has the lock, and would write what it remembers. */
  private int forget(Path stateDir) throws IOException {
    try (DirectoryLock _ = DirectoryLock.take(stateDir)) {
      Optional<String> remembered = remembered(stateDir);
      EtcdMemory.forget(stateDir);
      out()
          .println(
              remembered
                  .map(what -> "forgotten, while no daemon runs: " + what)
                  .orElse("nothing is remembered of etcd: any data is accepted"));
      return 0;
    }
  }

  private static Optional<String> remembered(Path stateDir) {
    try {
      return EtcdMemory.read(stateDir).maxima().map(AcceptRestoreCommand::said);
    } catch (IOException e) {
      return Optional.of(
          "what %s holds, which cannot be read (%s)"
              .formatted(EtcdMemory.path(stateDir), Reason.of(e)));
    }
  }

  private static String said(EtcdMaxima most) {
    return "revision %d of cluster %s (term %d), proven to this host at %s"
        .formatted(most.revision(), most.cluster(), most.term(), most.at());
  }
}
