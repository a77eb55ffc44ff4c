package io.hasupervisor.control.cli;

import io.hasupervisor.control.ControlClient;
import io.hasupervisor.control.ControlFailure;
import io.hasupervisor.control.Reply;
import io.hasupervisor.control.Request;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that asks the daemon and prints what it says. */
@Command(
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {ExitCodes.DONE, ExitCodes.REFUSED, ExitCodes.USAGE, ExitCodes.UNREACHABLE})
abstract class ClientCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--socket",
      paramLabel = "PATH",
      defaultValue = "${env:HA_SUPERVISOR_SOCKET:-/run/ha-supervisor/control.sock}",
      description = "The daemon's control socket (default: ${DEFAULT-VALUE}).")
  Path socket = Path.of("/run/ha-supervisor/control.sock");

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;

  /** What to ask. */
  abstract Request request();

  @Override
  public Integer call() {
    return print(ask(request()));
  }

  final Reply ask(Request request) {
    return ask(ControlClient.of(socket), request);
  }

  static Reply ask(ControlClient client, Request request) {
    try {
      return client.ask(request);
    } catch (ControlFailure failure) {
      return new Reply(failure.exit(), failure.text());
    }
  }

  /** Prints data and good news on standard output, refusals and failures on standard error. */
  final int print(Reply reply) {
    boolean bad = reply.exit() >= 1 && reply.exit() <= 3;
    PrintWriter to = bad ? spec.commandLine().getErr() : out();
    to.print(bad ? "ha-supervisor: " + reply.body() : reply.body());
    if (!reply.body().endsWith("\n")) {
      to.println();
    }
    to.flush();
    return reply.exit();
  }

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** A service's name, or none where all are meant. */
  static Optional<String> unless(boolean all, String service) {
    return all ? Optional.empty() : Optional.of(service);
  }
}
