package io.hasupervisor.loop;

import io.hasupervisor.cluster.Master;
import io.hasupervisor.publish.Status.Notice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Builds what a master needs in the loop: its file, its link to the world. */
final class MasterParts implements AutoCloseable {
  private static final String STATE_DISK = "MANIFESTS_STATE_NOT_SAVED";

  /** An action waits so long for the disk, and is then carried out all the same. */
  private static final Duration SAVED_LIMIT = Duration.ofSeconds(5);

  private final Outside outside;
  private final Inbox inbox;
  private final StateFile<RolloutMemory> file;
  private final StateWriter<RolloutMemory> disk;
  private final RolloutChronicle chronicle;

  /** Nothing is read or written yet; the file's directory may come into being later. */
  MasterParts(Outside outside, Inbox inbox, EventRing events, Path stateDir) {
    this.outside = outside;
    this.inbox = inbox;
    this.file = new StateFile<>(stateDir.resolve("manifests/rollout.json"), new RolloutJson());
    this.disk = new StateWriter<>(file, RolloutMemory.none(), this::problem);
    this.chronicle =
        new RolloutChronicle(
            outside.clock(), outside.bootId(), new Announcer(outside.clock(), events), disk);
  }

  private void problem(Optional<String> text) {
    inbox.post(
        new Message.Noticed(new Notice(STATE_DISK, outside.clock().wall(), text.orElse(""))));
  }

  /** Starts the thread that writes. */
  void start() {
    disk.start();
  }

  RolloutChronicle chronicle() {
    return chronicle;
  }

  MasterLink link(Master master) {
    return new MasterLink(
        outside.masters().apply(master),
        outside.clock(),
        () -> {
          boolean _ = disk.flush(SAVED_LIMIT);
        },
        inbox);
  }

  RolloutRecall recall(MasterLink link) {
    return new RolloutRecall(link.world(), file, outside.clock(), outside.bootId());
  }

  @Override
  public void close() {
    disk.close();
  }
}
