package io.hasupervisor.control.cli;

import io.hasupervisor.publish.Rendering;
import picocli.CommandLine.Option;

/** A command that shows what the daemon knows, as the terminal takes it or as JSON. */
abstract class ViewCommand extends ClientCommand {
  final Terminal terminal;

  @Option(
      names = "--json",
      description = "As JSON, with the same names as GET /status and GET /cluster.")
  boolean json;

  ViewCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** The form that is asked for. */
  final Rendering rendering() {
    return terminal.rendering(json);
  }
}
