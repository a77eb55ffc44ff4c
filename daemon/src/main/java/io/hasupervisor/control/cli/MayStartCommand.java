package io.hasupervisor.control.cli;

import io.hasupervisor.control.ControlClient;
import io.hasupervisor.control.Reply;
import io.hasupervisor.control.Request;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asked by systemd before it starts docker: only a clear no of the running daemon is a no. */
@Command(
    name = "may-start",
    description = {
      "Say whether the init system may start a service now: no while that would cost etcd its"
          + " quorum.",
      "systemd asks this before it starts docker, once that is ordered: ha-supervisor guard enable"
          + " docker.",
      "Where no daemon answers, or it does not supervise the service, the answer is yes."
    },
    footerHeading = "%nExample:%n",
    footer = "  ha-supervisor may-start docker --max-wait 20s && echo yes",
    exitCodeList = {
      "0:yes, or nobody says no",
      "2:wrong usage",
      Reply.NO + ":no; the daemon starts it itself once it may"
    })
final class MayStartCommand extends ClientCommand {
  /** What the answer may take on its way; the daemon has the rest. */
  private static final Duration WAY = Duration.ofSeconds(2);

  @Parameters(paramLabel = "SERVICE", description = "Name of the service, as in the configuration.")
  String service = "";

  @Option(
      names = "--max-wait",
      paramLabel = "LENGTH",
      defaultValue = "20s",
      converter = LengthConverter.class,
      description = "Longest time to wait for the daemon (default: ${DEFAULT-VALUE}).")
  Duration maxWait = Duration.ofSeconds(20);

  @Override
  Request request() {
    Duration half = maxWait.dividedBy(2);
    return new Request.MayStart(service, maxWait.minus(WAY.compareTo(half) < 0 ? WAY : half));
  }

  @Override
  public Integer call() {
    Reply reply = ask(new ControlClient(socket, maxWait), request());
    boolean no = reply.exit() == Reply.NO;
    boolean asked = no || reply.exit() == 0;
    print(
        asked
            ? new Reply(no ? 1 : 0, reply.body())
            : new Reply(1, service + " may start, for nobody says no: " + reply.body()));
    return no ? Reply.NO : 0;
  }
}
