package io.hasupervisor.host.systemd;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A systemd that is called exactly as told beforehand, in that order, or fails the test. */
public final class FakeSystemd implements Systemd, SystemdManager {
  private final Deque<Expected> expected = new ArrayDeque<>();
  private final List<Runnable> watchers = new ArrayList<>();

  private record Expected(String call, Optional<UnitFacts> facts, Optional<Exception> failure) {}

  /** The next call, such as {@code start docker.service}, and it succeeds. */
  public FakeSystemd expect(String call) {
    expected.add(new Expected(call, Optional.empty(), Optional.empty()));
    return this;
  }

  /** The next call asks for facts and gets these. */
  public FakeSystemd expectFacts(String unit, UnitFacts facts) {
    expected.add(new Expected("facts " + unit, Optional.of(facts), Optional.empty()));
    return this;
  }

  /** The next call fails. */
  public FakeSystemd expect(String call, Exception failure) {
    expected.add(new Expected(call, Optional.empty(), Optional.of(failure)));
    return this;
  }

  public static SystemdRefused refused(String error) {
    return new SystemdRefused("org.freedesktop.systemd1." + error, "words of systemd");
  }

  public static SystemdUnavailable unavailable(SystemdUnavailable.Order order) {
    return new SystemdUnavailable("the bus is away", order);
  }

  /** Fails when an expected call did not come. */
  public void assertAllCalled() {
    if (!expected.isEmpty()) {
      throw new AssertionError("not called: " + expected);
    }
  }

  /** Tells all watchers of a change. */
  public void change() {
    watchers.forEach(Runnable::run);
  }

  /** What {@link #version} says. */
  public String version = "252.39-1~deb12u2";

  @Override
  public String version() {
    return version;
  }

  @Override
  public void reload() throws SystemdUnavailable, SystemdRefused {
    next("reload");
  }

  @Override
  public UnitFacts facts(String unit) throws SystemdUnavailable, SystemdRefused {
    return next("facts " + unit).orElseThrow();
  }

  @Override
  public void start(String unit) throws SystemdUnavailable, SystemdRefused {
    next("start " + unit);
  }

  @Override
  public void restart(String unit) throws SystemdUnavailable, SystemdRefused {
    next("restart " + unit);
  }

  @Override
  public void stop(String unit) throws SystemdUnavailable, SystemdRefused {
    next("stop " + unit);
  }

  @Override
  public void resetFailed(String unit) throws SystemdUnavailable, SystemdRefused {
    next("reset-failed " + unit);
  }

  @Override
  public void killMain(String unit, int signal) throws SystemdUnavailable, SystemdRefused {
    next("kill " + signal + " " + unit);
  }

  @Override
  public Watch watch(String unit, Runnable changed) {
    watchers.add(changed);
    return () -> watchers.remove(changed);
  }

  private Optional<UnitFacts> next(String call) throws SystemdUnavailable, SystemdRefused {
    Expected next = expected.poll();
    if (next == null || !next.call().equals(call)) {
      throw new AssertionError("unexpected: " + call + ", expected: " + next);
    }
    if (next.failure().isPresent()) {
      switch (next.failure().get()) {
        case SystemdUnavailable e -> throw e;
        case SystemdRefused e -> throw e;
        default -> throw new AssertionError(next.failure().get());
      }
    }
    return next.facts();
  }
}
