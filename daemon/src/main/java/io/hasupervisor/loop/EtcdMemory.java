package io.hasupervisor.loop;

import io.hasupervisor.assess.etcd.EtcdMaxima;
import io.hasupervisor.host.Durable;
import io.hasupervisor.host.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** What of etcd outlives this daemon. */
public record EtcdMemory(Optional<EtcdMaxima> maxima) implements Remembered<EtcdMemory> {

  static EtcdMemory none() {
    return new EtcdMemory(Optional.empty());
  }

  @Override
  public boolean differsFrom(EtcdMemory before) {
    return !maxima.equals(before.maxima);
  }

  static StateFile<EtcdMemory> file(Path stateDir) {
    return new StateFile<>(path(stateDir), new EtcdMemoryJson());
  }

  /** The file below the state directory. */
  public static Path path(Path stateDir) {
    return stateDir.resolve("etcd-memory.json");
  }

  /**
   * What the file holds, for a command beside the daemon: nothing is changed.
   *
   * @throws IOException when there is a file that cannot be used
   */
  public static EtcdMemory read(Path stateDir) throws IOException {
    try {
      return new EtcdMemoryJson().decode(WholeFile.read(path(stateDir), StateFile.SIZE_LIMIT));
    } catch (NoSuchFileException e) {
      return none();
    }
  }

  /** Removes the file; whoever does it holds the directory's lock. */
  public static void forget(Path stateDir) throws IOException {
    if (Files.deleteIfExists(path(stateDir))) {
      Durable.sync(stateDir);
    }
  }
}
