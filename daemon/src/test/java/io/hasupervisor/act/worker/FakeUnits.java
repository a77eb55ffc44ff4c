package io.hasupervisor.act.worker;

import io.hasupervisor.decide.Outcome;
import io.hasupervisor.observe.Exit;
import io.hasupervisor.observe.Incarnation;
import io.hasupervisor.observe.RunState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Services that come up at once, each start another life; what they then are, the test says. */
public final class FakeUnits implements Units {
  public final List<String> restarted = new ArrayList<>();
  public Outcome order = new Outcome.Done();

  /** Whether a started service lives, is well and connected: asked at each look. */
  public Supplier<Boolean> lives = () -> true;

  public Supplier<Optional<String>> unwell = Optional::empty;
  public Supplier<Boolean> connected = () -> true;
  private final Map<String, Integer> lifes = new HashMap<>();

  @Override
  public Outcome restart(String service) {
    restarted.add(service);
    if (order instanceof Outcome.Done) {
      lifes.merge(service, 1, Integer::sum);
    }
    return order;
  }

  @Override
  public RunState state(String service) {
    return lives.get()
        ? new RunState.Running(
            new Incarnation(service + lifes.getOrDefault(service, 0), 1, Duration.ZERO))
        : new RunState.Dead(Exit.unknown("ended"));
  }

  @Override
  public Optional<String> unwell(String service) {
    return unwell.get();
  }

  @Override
  public boolean connected(String service) {
    return connected.get();
  }
}
