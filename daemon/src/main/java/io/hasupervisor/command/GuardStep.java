package io.hasupervisor.command;

import io.hasupervisor.host.Reason;
import io.hasupervisor.host.systemd.SystemdRefused;
import io.hasupervisor.host.systemd.SystemdUnavailable;
import io.hasupervisor.host.systemd.UnitFacts;
import io.hasupervisor.observe.docker.GuardSeen;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** A command about the guard of docker. */
abstract class GuardStep extends LocalCommand {
  /** As systemd names it. */
  private static final Path LOADED =
      Path.of("/etc/systemd/system/" + GuardSeen.UNIT + ".d/50-ha-supervisor-guard.conf");

  private final Source source;

  @Parameters(paramLabel = "docker", description = "Only docker can be guarded.")
  String service = "docker";

  GuardStep(Source source) {
    this.source = source;
  }

  /** Makes the world. */
  @FunctionalInterface
  interface Source {
    GuardWorld get() throws InterruptedException;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (!service.equals("docker")) {
      failed("only docker can be guarded, not " + service);
      return 2;
    }
    try (GuardWorld world = source.get()) {
      return run(world);
    } catch (IOException e) {
      return failed(Reason.withFile(e));
    } catch (SystemdUnavailable | SystemdRefused e) {
      return failed("systemd cannot be asked: " + e.getMessage());
    } finally {
      out().flush();
      err().flush();
    }
  }

  /**
   * Does it.
   *
   * @return the exit code
   */
  abstract int run(GuardWorld world)
      throws IOException, SystemdUnavailable, SystemdRefused, InterruptedException;

  /** Whether systemd heeds the drop-in now. */
  static boolean loaded(UnitFacts facts) {
    return facts.files().dropIns().contains(LOADED);
  }

  /** Says that this is for root; exit code. */
  final int onlyRoot() {
    return failed("only root may do this: sudo " + spec.qualifiedName() + " docker");
  }

  /** Has systemd read its files; exit code. */
  final int told(GuardWorld world, String done) throws InterruptedException {
    try {
      world.manager().reload();
      out().println(done);
      return 0;
    } catch (SystemdUnavailable | SystemdRefused e) {
      return failed(
          "the file is as wanted, but systemd was not told ("
              + e.getMessage()
              + "); do it: systemctl daemon-reload");
    }
  }
}
