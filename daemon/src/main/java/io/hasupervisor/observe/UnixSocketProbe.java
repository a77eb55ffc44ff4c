package io.hasupervisor.observe;

import io.hasupervisor.observe.CheckResult.Passed;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** Whether a unix stream socket accepts a connection; nothing is sent. */
record UnixSocketProbe(ProbeTarget.UnixSocket target) implements Probe {
  @Override
  public CheckResult check(Duration deadline) {
    long begun = System.nanoTime();
    try (SocketChannel _ = Dialer.unix(target.path())) {
      return new Passed(Duration.ofNanos(System.nanoTime() - begun), target.path() + " accepts");
    } catch (EarlyAnswer | IOException e) {
      return Failures.of(e, "connecting to " + target.path(), deadline);
    }
  }
}
