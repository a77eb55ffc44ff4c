package io.hasupervisor.command;

import io.hasupervisor.cluster.Master;
import io.hasupervisor.control.cli.Terminal;
import io.hasupervisor.host.Clock;
import io.hasupervisor.host.Identity;
import io.hasupervisor.host.SystemClock;
import java.util.function.BiFunction;

/**
 * What the commands about etcd need of the world; a seam for tests.
 *
 * @param user effective user id; 0 is root
 */
record EtcdScene(
    int user, Clock clock, Terminal terminal, BiFunction<Master, Clock, EtcdSight> sight) {

  /** That of this process. */
  static EtcdScene ofProcess() {
    return new EtcdScene(
        Identity.user(), SystemClock.verified(), Terminal.ofProcess(), RealEtcd::new);
  }
}
