package io.hasupervisor.control.cli;

import io.hasupervisor.control.Reply;
import io.hasupervisor.control.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "events",
    description = "Show changes of state and reason, oldest first, each with its number.",
    footerHeading = "%nExamples:%n",
    footer = {"  ha-supervisor events", "  ha-supervisor events --since 120 --follow"})
final class EventsCommand extends ClientCommand {
  private final Terminal terminal;

  @Option(
      names = "--since",
      paramLabel = "N",
      defaultValue = "0",
      description = "Only those after number N.")
  long since;

  @Option(names = "--follow", description = "Go on showing new ones, until Ctrl-C.")
  boolean follow;

  EventsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  Request request() {
    return new Request.GetEvents(Math.max(0, since));
  }

  @Override
  public Integer call() {
    Reply reply = ask(request());
    int exit = print(reply);
    boolean reachable = reply.exit() == 0;
    while (follow && terminal.nextSecond().getAsBoolean()) {
      // A daemon that was restarted counts from one again.
      since = reachable ? last(reply.body(), since) : 0;
      reply = ask(request());
      boolean changed = reachable != (reply.exit() == 0);
      reachable = reply.exit() == 0;
      if (changed || reachable) {
        exit = show(reply);
      }
    }
    return exit;
  }

  private int show(Reply reply) {
    return reply.body().isEmpty() ? reply.exit() : print(reply);
  }

  private static long last(String lines, long before) {
    String last = lines.lines().reduce("", (_, line) -> line);
    String number = last.split(" ", 2)[0];
    return number.matches("\\d{1,18}") ? Long.parseLong(number) : before;
  }
}
