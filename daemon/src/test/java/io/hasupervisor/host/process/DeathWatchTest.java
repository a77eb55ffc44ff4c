package io.hasupervisor.host.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DeathWatchTest {
  private final DeathWatch deaths = DeathWatch.start();
  private final RealProcesses real = new RealProcesses();

  @AfterEach
  void end() {
    real.close();
    deaths.close();
  }

  @Test
  void tellsOfADeath() throws InterruptedException {
    Process process = real.sleeper();
    CountDownLatch died = new CountDownLatch(1);
    deaths.watch(RealProcesses.id(process), died::countDown);
    assertEquals(1, died.getCount(), "lives");
    process.destroyForcibly();
    RealProcesses.await(died);
  }

  @Test
  void tellsOfADeathThatTheParentNeverCollects() throws InterruptedException {
    Process parent = real.start("sh", "-c", "sleep 600 & exec sleep 600");
    RealProcesses.until(() -> parent.children().findFirst().isPresent());
    ProcessId child = RealProcesses.id(parent.children().findFirst().orElseThrow().pid());
    CountDownLatch died = new CountDownLatch(1);
    deaths.watch(child, died::countDown);
    RealProcesses.kill(child);
    RealProcesses.await(died);
    assertTrue(child.stat().isPresent(), "still a zombie");
  }

  @Test
  void tellsAtOnceOfWhatIsGoneAlready() throws InterruptedException {
    Process process = real.sleeper();
    ProcessId id = RealProcesses.id(process);
    RealProcesses.kill(process);
    AtomicInteger calls = new AtomicInteger();
    deaths.watch(id, calls::incrementAndGet);
    assertEquals(1, calls.get());
  }

  @Test
  void anotherProcessWithTheSamePidIsNotWatched() {
    ProcessId id = RealProcesses.id(real.sleeper());
    AtomicInteger calls = new AtomicInteger();
    deaths.watch(new ProcessId(id.pid(), id.startTicks() - 1), calls::incrementAndGet);
    assertEquals(1, calls.get(), "the one asked for is gone");
  }

  @Test
  void closedWatchKeepsSilent() throws InterruptedException {
    Process process = real.sleeper();
    Process other = real.sleeper();
    AtomicInteger calls = new AtomicInteger();
    CountDownLatch otherDied = new CountDownLatch(1);
    DeathWatch.Watch watch = deaths.watch(RealProcesses.id(process), calls::incrementAndGet);
    deaths.watch(RealProcesses.id(other), otherDied::countDown);
    watch.close();
    RealProcesses.kill(process);
    RealProcesses.kill(other);
    RealProcesses.await(otherDied);
    assertEquals(0, calls.get());
  }

  @Test
  void aFailingCallbackCostsNobodyElseTheirs() throws InterruptedException {
    Process first = real.sleeper();
    Process second = real.sleeper();
    CountDownLatch died = new CountDownLatch(1);
    deaths.watch(
        RealProcesses.id(first),
        () -> {
          throw new IllegalStateException("a planted fault");
        });
    RealProcesses.kill(first);
    deaths.watch(RealProcesses.id(second), died::countDown);
    RealProcesses.kill(second);
    RealProcesses.await(died);
  }

  @Test
  void everyOneOfTwoHundredDeathsIsToldOnce() throws InterruptedException {
    int count = 200;
    CountDownLatch all = new CountDownLatch(count);
    ConcurrentHashMap<Long, Integer> told = new ConcurrentHashMap<>();
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Process process = i % 2 == 0 ? real.sleeper() : real.start("true");
      processes.add(process);
      ProcessId.of(process.pid())
          .ifPresentOrElse(
              id ->
                  deaths.watch(
                      id,
                      () -> {
                        told.merge(id.pid(), 1, Integer::sum);
                        all.countDown();
                      }),
              all::countDown);
    }
    processes.forEach(Process::destroyForcibly);
    RealProcesses.await(all);
    assertTrue(told.values().stream().allMatch(times -> times == 1), "once each: " + told);
  }
}
