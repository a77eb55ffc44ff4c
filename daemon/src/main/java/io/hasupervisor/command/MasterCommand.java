package io.hasupervisor.command;

import io.hasupervisor.cluster.Master;
import io.hasupervisor.loop.Plan;
import java.util.Optional;

/** A local command about a master. */
abstract class MasterCommand extends LocalCommand {

  /** Does it; returns the exit code. */
  abstract int run(Master master) throws InterruptedException;

  @Override
  public Integer call() throws InterruptedException {
    Optional<Plan> plan = plan();
    if (plan.isEmpty()) {
      return BAD_CONFIG;
    }
    Optional<Master> master = plan.get().master();
    if (master.isEmpty()) {
      err().println(config + ": names no cluster: see ha-supervisor init --help");
      err().flush();
      return BAD_CONFIG;
    }
    int exit = run(master.get());
    out().flush();
    err().flush();
    return exit;
  }
}
