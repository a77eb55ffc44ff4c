package io.hasupervisor.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hasupervisor.decide.Event.Dependency;
import io.hasupervisor.observe.RunState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the first look finds dead, as after a boot, is started, but has not died. */
final class FirstLookTest {
  private static final Dependency DOCKER = new Dependency("docker", false);

  private static Event.Dependencies missing(List<Dependency> dependencies) {
    return new Event.Dependencies(dependencies);
  }

  @Test
  void aServiceFoundNotRunningIsStartedAtOnceAndNotCounted() {
    Supervised service = new Supervised().dies().does(Action.Start.class);
    service.is("STARTING", Because.NOT_RUNNING);
    assertEquals(0, service.state.log().attempt());
    assertEquals(List.of(), service.state.log().crashes());
  }

  @Test
  void aDeathAfterTheFirstStartIsCountedThoughNobodySawItLive() {
    Supervised service = new Supervised().dies().done().dies().does(Action.Start.class);
    service.is("STARTING", Because.DIED).done().dies().is("BACKOFF", Because.BACKING_OFF);
    assertEquals(2, service.state.log().attempt());
  }

  @Test
  void aFailedFirstStartIsCounted() {
    Supervised service = new Supervised().dies().finished(new Outcome.Failed("no such file"));
    service.dies().does(Action.Start.class).is("STARTING", Because.START_FAILED);
    assertEquals(1, service.state.log().attempt());
    service.finished(new Outcome.Failed("no such file")).dies();
    service.is("BACKOFF", Because.BACKING_OFF);
  }

  @Test
  void aServiceFoundNotRunningWaitsForItsDependenciesUncounted() {
    Supervised service = new Supervised().on(missing(List.of(DOCKER))).dies().doesNothing();
    service.is("WAITING", Because.DEPENDENCY_NOT_HEALTHY).on(missing(List.of()));
    service.does(Action.Start.class).is("STARTING", Because.NOT_RUNNING);
    assertEquals(0, service.state.log().attempt());
  }

  @Test
  void anAbsentUnitIsLookedForAndStartedOnceThere() {
    Supervised service = new Supervised().seen(new RunState.Absent("no unit", "install it"));
    service.is("SLOW_RETRY", Because.UNIT_ABSENT).after(3600).doesNothing();
    service.dies().does(Action.Start.class).is("STARTING", Because.NOT_RUNNING);
    assertEquals(0, service.state.log().attempt());
  }
}
