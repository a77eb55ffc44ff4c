package io.hasupervisor.control.cli;

import io.hasupervisor.control.ControlClient;
import java.time.Duration;

/** An order that the daemon carries out in etcd. */
abstract class EtcdOrder extends ClientCommand {
  /** etcd is slow to say that it has no quorum. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Override
  public Integer call() {
    return print(ask(new ControlClient(socket, PATIENCE), request()));
  }
}
