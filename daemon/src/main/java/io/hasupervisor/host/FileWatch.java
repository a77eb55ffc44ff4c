package io.hasupervisor.host;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import org.tinylog.Logger;

/**
 * Says when files appear, change or go, by inotify on their directories; idle it costs nothing. A
 * hint only: a directory that is missing, or deleted later, is not watched.
 */
public final class FileWatch implements AutoCloseable {
  private final WatchService service;

  /** Stands for every entry of a directory; a file of this name would only be told twice. */
  private static final String ANY = "*any*";

  private final Map<Path, Set<Runnable>> watched = new ConcurrentHashMap<>();

  private FileWatch(WatchService service) {
    this.service = service;
  }

  /**
   * Starts watching nothing yet.
   *
   * @throws IOException where the host's inotify instances are used up
   */
  public static FileWatch start() throws IOException {
    FileWatch watch = new FileWatch(FileSystems.getDefault().newWatchService());
    Thread.ofVirtual().name("file-watch").start(watch::run);
    return watch;
  }

  /** Ends one file's watch. */
  public interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  /** Calls {@code changed} whenever the directory entry {@code file} may have changed. */
  public Watch watch(Path file, Runnable changed) {
    Path path = file.toAbsolutePath().normalize();
    watched.computeIfAbsent(path, _ -> new CopyOnWriteArraySet<>()).add(changed);
    try {
      WatchKey _ =
          path.resolveSibling(".")
              .normalize()
              .register(
                  service,
                  StandardWatchEventKinds.ENTRY_CREATE,
                  StandardWatchEventKinds.ENTRY_MODIFY,
                  StandardWatchEventKinds.ENTRY_DELETE);
    } catch (IOException e) {
      Logger.info("{} is not watched, only looked at now and then: {}", path, e.toString());
    }
    return () -> watched.getOrDefault(path, Set.of()).remove(changed);
  }

  /** Calls {@code changed} whenever something in {@code directory} may have changed. */
  public Watch watchAll(Path directory, Runnable changed) {
    // An entry that no directory has: all that it takes is the key of the whole directory.
    return watch(directory.resolve(ANY), changed);
  }

  private void run() {
    try {
      while (true) {
        WatchKey key = service.take();
        for (WatchEvent<?> event : key.pollEvents()) {
          tell(((Path) key.watchable()), event);
        }
        key.reset();
      }
    } catch (InterruptedException | ClosedWatchServiceException e) {
      Logger.debug("file watch ends: {}", e.toString());
    }
  }

  private void tell(Path directory, WatchEvent<?> event) {
    if (event.context() instanceof Path name) {
      watched.getOrDefault(directory.resolve(name), Set.of()).forEach(FileWatch::call);
      watched.getOrDefault(directory.resolve(ANY), Set.of()).forEach(FileWatch::call);
    } else {
      // Overflow: anything may have changed.
      watched.values().forEach(all -> all.forEach(FileWatch::call));
    }
  }

  private static void call(Runnable changed) {
    try {
      changed.run();
    } catch (RuntimeException e) {
      Logger.error(e, "a watcher of files failed");
    }
  }

  @Override
  public void close() throws IOException {
    service.close();
  }
}
