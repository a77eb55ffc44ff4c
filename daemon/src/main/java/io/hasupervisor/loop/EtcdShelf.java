package io.hasupervisor.loop;

import io.hasupervisor.assess.etcd.EtcdMaxima;
import io.hasupervisor.observe.etcd.EtcdId;
import java.time.Duration;
import java.util.Optional;

/** Puts what was proven of etcd onto disk now and then. In the loop's thread only. */
final class EtcdShelf implements AutoCloseable {
  /** Where nothing but numbers grew, it is not worth more writes (control-plane 3.1.6). */
  private static final Duration EVERY = Duration.ofSeconds(30);

  private final StateWriter<EtcdMemory> disk;
  private Optional<EtcdMemory> newest = Optional.empty();
  private Optional<EtcdId> cluster = Optional.empty();
  private Duration next = Duration.ZERO;

  EtcdShelf(StateWriter<EtcdMemory> disk) {
    this.disk = disk;
  }

  /** What the file holds. */
  void recalled(EtcdMemory memory) {
    newest = Optional.of(memory);
    cluster = cluster(memory);
  }

  /** What was handed in last. */
  Optional<EtcdMemory> newest() {
    return newest;
  }

  /** The most that was proven so far; the first of a cluster is saved at once. */
  void proven(Optional<EtcdMaxima> most, Duration now) {
    EtcdMemory memory = new EtcdMemory(most);
    newest = Optional.of(memory);
    if (now.compareTo(next) >= 0 || !cluster.equals(cluster(memory))) {
      cluster = cluster(memory);
      next = now.plus(EVERY);
      disk.submit(memory);
    }
  }

  private static Optional<EtcdId> cluster(EtcdMemory memory) {
    return memory.maxima().map(EtcdMaxima::cluster);
  }

  /** What was proven is no measure any more. */
  void forget() {
    newest = Optional.of(EtcdMemory.none());
    cluster = Optional.empty();
    disk.submit(EtcdMemory.none());
  }

  /** Saves the newest; the writer itself is its maker's. */
  @Override
  public void close() {
    newest.ifPresent(disk::submit);
  }
}
