package io.hasupervisor.observe;

import io.hasupervisor.observe.CheckResult.Passed;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** Whether a TCP connection is accepted; nothing is sent. */
record TcpProbe(ProbeTarget.Tcp target) implements Probe {
  @Override
  public CheckResult check(Duration deadline) {
    long begun = System.nanoTime();
    String where = target.host() + ":" + target.port();
    try (SocketChannel _ = Dialer.tcp(target.host(), target.port())) {
      return new Passed(Duration.ofNanos(System.nanoTime() - begun), where + " accepts");
    } catch (EarlyAnswer | IOException e) {
      return Failures.of(e, "connecting to " + where, deadline);
    }
  }
}
