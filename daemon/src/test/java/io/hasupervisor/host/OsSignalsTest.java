package io.hasupervisor.host;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jnr.constants.platform.Signal;
import org.junit.jupiter.api.Test;

final class OsSignalsTest {

  @Test
  void aSignalToThisProcessRunsTheAction() throws InterruptedException {
    CountDownLatch came = new CountDownLatch(1);
    OsSignals.on(Signal.SIGHUP, came::countDown);
    Posix.get().kill(ProcessHandle.current().pid(), Signal.SIGHUP.intValue());
    assertTrue(came.await(20, TimeUnit.SECONDS));
  }
}
