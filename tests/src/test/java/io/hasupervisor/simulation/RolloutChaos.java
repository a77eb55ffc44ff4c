package io.hasupervisor.simulation;

import io.hasupervisor.decide.manifest.RolloutEvent;
import io.hasupervisor.decide.manifest.RolloutPolicy;
import io.hasupervisor.decide.manifest.Target;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What goes wrong around a placement, and what people do meanwhile. */
final class RolloutChaos {
  private final RolloutWorld world;

  RolloutChaos(RolloutWorld world) {
    this.world = world;
  }

  /** One thing happens. */
  void strike() {
    String file = FakeMaster.NAMES.get(world.chance.between(0, 3)) + ".yaml";
    switch (world.chance.between(0, 17)) {
      case 0, 1 -> order();
      case 2, 3 -> edit(file, file + " by hand " + world.now);
      case 4 -> {
        world.host.remove(file, world.now);
        world.invariants.edited(file, world.now);
      }
      case 5 -> world.host.write(file + ".bak", file + " copy", world.now);
      case 6 -> world.host.dockerSilent = !world.host.dockerSilent;
      case 7 -> world.host.diskFull = !world.host.diskFull && world.chance.oneIn(2);
      case 8 ->
          world.host.peersGoneSince =
              world.host.peersGone(world.now) || world.chance.oneIn(2)
                  ? Duration.ofDays(9999)
                  : world.now;
      case 9 -> world.host.kubeletLeavesOld = !world.host.kubeletLeavesOld;
      case 10 ->
          world.host.owner =
              world.host.owner.isPresent() || !world.chance.oneIn(4)
                  ? Optional.empty()
                  : Optional.of("kubeadm");
      case 11 -> world.restart();
      case 12 -> world.host.unreadableUntil = world.now.plusSeconds(world.chance.between(1, 60));
      case 13 ->
          world.policy =
              new RolloutPolicy(
                  world.chance.oneIn(4), world.policy.enforce(), world.policy.quarantine());
      case 15, 16 ->
          world.host.spoil(
              world.host.directory.getOrDefault(file, ""),
              List.of(FakeMaster.Quality.values()).get(world.chance.between(0, 2)));
      case 14 -> world.now = world.now.plusSeconds(world.chance.between(60, 900));
      default -> {
        Optional<Target> target = world.state.target();
        target.ifPresent(t -> edit(file, t.find(file.replace(".yaml", "")).orElseThrow().text()));
      }
    }
  }

  private void order() {
    boolean fresh = world.host.store.isEmpty() || world.chance.oneIn(2);
    Target target =
        fresh
            ? world.host.revise()
            : world.host.revision(world.chance.between(1, world.host.store.size()));
    world.step(new RolloutEvent.Ordered(target));
  }

  private void edit(String file, String text) {
    world.allowed.add(text);
    world.host.write(file, text, world.now);
    world.invariants.edited(file, world.host.changedAt.getOrDefault(file, world.now));
  }
}
