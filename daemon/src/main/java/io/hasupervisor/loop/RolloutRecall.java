package io.hasupervisor.loop;

import io.hasupervisor.decide.manifest.RolloutPhase;
import io.hasupervisor.decide.manifest.RolloutState;
import io.hasupervisor.decide.manifest.Target;
import io.hasupervisor.host.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tinylog.Logger;

/**
 * Puts the state of the placement together again, from the file and the store. Away from the loop's
 * thread.
 */
final class RolloutRecall {

  /**
   * What was put together.
   *
   * @param world the one it was read from
   * @param problem what the operator should know of it; may be empty
   */
  record Recalled(ManifestWorld world, RolloutState state, Instant since, String problem) {}

  private final ManifestWorld world;
  private final StateFile<RolloutMemory> file;
  private final Clock clock;
  private final String bootId;
  private final List<String> problems = new ArrayList<>();

  RolloutRecall(ManifestWorld world, StateFile<RolloutMemory> file, Clock clock, String bootId) {
    this.world = world;
    this.file = file;
    this.clock = clock;
    this.bootId = bootId;
  }

  Recalled recall() {
    makeDirectory();
    world.tidy();
    StateFile.Loaded<RolloutMemory> loaded = file.load(clock.wall());
    loaded.problem().ifPresent(problems::add);
    RolloutMemory memory = loaded.memory();
    Duration now = clock.now();
    Optional<Integer> current = marked("current", world::current);
    Optional<Target> good = marked("last-known-good", world::lastKnownGood).flatMap(this::revision);
    Optional<Target> target = memory.target().or(() -> current).flatMap(this::revision);
    RolloutState state =
        RolloutState.remembered(
            phase(memory, target, now),
            target,
            good,
            memory.ordered().flatMap(this::revision),
            memory.ours(),
            memory.ran(),
            current,
            now);
    Instant since = memory.since().equals(Instant.EPOCH) ? clock.wall() : memory.since();
    return new Recalled(world, state, since, String.join(" ", problems));
  }

  /** That it cannot be made is told when something is to be saved there. */
  private void makeDirectory() {
    try {
      Files.createDirectories(
          file.path().resolveSibling(".").normalize(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      Logger.warn("the directory of {} cannot be made: {}", file.path(), e.toString());
    }
  }

  /** Without a memory nothing is overwritten: what stands there is looked at first. */
  private RolloutPhase phase(RolloutMemory memory, Optional<Target> target, Duration now) {
    if (target.isEmpty()) {
      return new RolloutPhase.None();
    }
    return memory.target().isPresent()
        ? memory.resumed(bootId, now)
        : new RolloutPhase.Settling(Optional.empty());
  }

  @FunctionalInterface
  private interface Mark {
    Optional<Integer> read() throws IOException;
  }

  private Optional<Integer> marked(String name, Mark mark) {
    try {
      return mark.read();
    } catch (IOException e) {
      problems.add("The store's mark " + name + " cannot be read (" + e.getMessage() + ").");
      return Optional.empty();
    }
  }

  private Optional<Target> revision(int number) {
    try {
      Optional<Target> found = world.revision(number);
      if (found.isEmpty()) {
        problems.add("Revision " + number + " is no longer in the store.");
      }
      return found;
    } catch (IOException e) {
      problems.add("Revision " + number + " cannot be used: " + e.getMessage() + ".");
      return Optional.empty();
    }
  }
}
