package io.hasupervisor.command;

import io.hasupervisor.cluster.Master;
import io.hasupervisor.host.Identity;
import io.hasupervisor.loop.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A command about this host as a master. */
abstract class MasterCommand extends LocalCommand {
  @Override
  public Integer call() throws InterruptedException {
    Optional<Plan> plan = plan();
    if (plan.isEmpty()) {
      return BAD_CONFIG;
    }
    if (plan.get().master().isEmpty()) {
      failed(noMaster());
      return BAD_CONFIG;
    }
    try {
      return run(plan.get(), plan.get().master().get(), plan.get().settings().stateDir());
    } catch (IOException e) {
      return failed(String.valueOf(e.getMessage()));
    } finally {
      out().flush();
      err().flush();
    }
  }

  /**
   * Does it.
   *
   * @return the exit code
   * @throws IOException whose message is for people: exit 1
   */
  abstract int run(Plan plan, Master master, Path stateDir)
      throws IOException, InterruptedException;

  /** Whether only root may do this, and this is not root; said on standard error. */
  final boolean notRoot() {
    boolean not = Identity.user() != 0;
    if (not) {
      failed("only root may do this: sudo " + spec.qualifiedName());
    }
    return not;
  }
}
