package io.hasupervisor.command;

import java.util.List;

/** All commands of this package, for the command line. */
public final class LocalCommands {
  private LocalCommands() {}

  /** One object with picocli's annotations for each. */
  public static List<Object> all() {
    return List.of(
        new InitCommand(),
        new PreflightCommand(),
        new ManifestsCommand(),
        new CredentialsCommand(),
        new HostCommand(),
        new WorkerCommand(),
        new EtcdCommand(),
        new GuardCommand(),
        new BackupCommand(),
        new BalancerCommand(),
        new ImportMonitCommand());
  }
}
