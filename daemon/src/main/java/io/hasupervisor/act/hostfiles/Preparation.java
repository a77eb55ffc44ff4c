package io.hasupervisor.act.hostfiles;

import io.hasupervisor.cluster.Cluster.Etcd;
import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.decide.hostfiles.Preparing;
import io.hasupervisor.decide.hostfiles.Preparing.Step;
import io.hasupervisor.host.AtomicFile;
import io.hasupervisor.observe.hostfiles.DataMark;
import io.hasupervisor.observe.hostfiles.DataSeen;
import io.hasupervisor.observe.hostfiles.HostPaths;
import io.hasupervisor.observe.hostfiles.HostVolume;
import io.hasupervisor.observe.hostfiles.LogSeen;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.tinylog.Logger;

/**
 * Makes what pods need on the host before docker can make it wrongly: log files, and etcd's data
 * directory where it may be made. What is there is left as it is.
 *
 * @param stateDir where it is remembered that this host had etcd's data
 */
public record Preparation(Path stateDir, HostPaths paths) {

  /** For this host. */
  public static Preparation in(Path stateDir) {
    return new Preparation(stateDir, HostPaths.ofThisHost());
  }

  /**
   * What came of it.
   *
   * @param made a line for each thing that was not there before
   */
  public record Prepared(Outcome outcome, List<String> made) {
    public Prepared {
      made = List.copyOf(made);
    }
  }

  /** Prepares for these manifests: Done, or Failed with every obstacle; safe to repeat. */
  public Outcome prepare(Master master, List<Manifest> manifests) {
    Prepared prepared = carryOut(master, manifests);
    prepared.made().forEach(each -> Logger.info("host prepared: {}", each));
    return prepared.outcome();
  }

  /** As {@link #prepare}, and tells what was made. */
  public Prepared carryOut(Master master, List<Manifest> manifests) {
    Optional<DataSeen> data =
        keepsData(master, manifests)
            ? Optional.of(DataSeen.look(master, stateDir, paths))
            : Optional.empty();
    List<String> made = new ArrayList<>();
    Outcome outcome =
        switch (Preparing.of(master, LogSeen.look(manifests), data, paths.owner())) {
          case Preparing.Refused refused -> new Outcome.Failed(refused.why());
          case Preparing.Steps steps -> carryOut(master, steps.steps(), made);
        };
    return new Prepared(outcome, made);
  }

  /**
   * Makes the directories for manifests (0700) and credentials (0700) where they are absent.
   *
   * @return a line for each that was made
   * @throws IOException where something else stands there, or the disk refuses
   */
  public static List<String> directories(Master master) throws IOException {
    List<String> made = new ArrayList<>();
    Directories.make(master.manifests().directory(), "rwx------", made);
    Directories.make(master.credentials().directory(), "rwx------", made);
    return made;
  }

  /**
   * Remembers etcd's data where it is there and as expected; for every now and then, as data comes
   * after placing. Never throws.
   */
  public void remember(Master master) {
    DataSeen seen = DataSeen.look(master, stateDir, paths);
    if (seen.member()
        && Preparing.of(master, List.of(), Optional.of(seen), paths.owner())
            instanceof Preparing.Steps) {
      mark(master, seen.mark(master.node().name())).forEach(problem -> Logger.debug("{}", problem));
    }
  }

  /** The files by which it is remembered that this host had data. */
  public List<Path> remembered(Master master) {
    return Stream.of(DataMark.memory(stateDir), guard(master))
        .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
        .toList();
  }

  /**
   * Forgets that this host had data; an operator's explicit order.
   *
   * @return the files that were removed
   */
  public List<Path> forget(Master master) throws IOException {
    List<Path> removed = new ArrayList<>();
    for (Path file : remembered(master)) {
      if (Files.deleteIfExists(file)) {
        removed.add(file);
      }
    }
    return removed;
  }

  private static boolean keepsData(Master master, List<Manifest> manifests) {
    Path data = master.cluster().etcd().data();
    return manifests.stream()
        .flatMap(manifest -> HostVolume.of(manifest).stream())
        .anyMatch(volume -> volume.holds(data));
  }

  private Outcome carryOut(Master master, List<Step> steps, List<String> made) {
    for (Step step : steps) {
      try {
        switch (step) {
          case Step.LogFile log -> logFile(log.path(), made);
          case Step.DataDirectory data -> Directories.make(data.path(), "rwx------", made);
          case Step.Mark mark -> made.addAll(mark(master, mark.mark()));
        }
      } catch (IOException e) {
        return new Outcome.Failed(step + " could not be made: " + e);
      }
    }
    return new Outcome.Done();
  }

  private static void logFile(Path path, List<String> made) throws IOException {
    Directories.parent(path, made);
    try (FileChannel _ =
        FileChannel.open(
            path,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")))) {
      made.add("log file " + path);
    } catch (FileAlreadyExistsException e) {
      Logger.debug("{} has come by itself meanwhile", path);
    }
  }

  /**
   * Two files for one fact, as either disk may be lost; neither is worth a failed placement.
   *
   * @return what could not be written
   */
  private List<String> mark(Master master, DataMark mark) {
    List<String> problems = new ArrayList<>();
    for (Path file :
        mark.seen() ? List.of(guard(master), DataMark.memory(stateDir)) : List.of(guard(master))) {
      try {
        if (remembered(file).filter(old -> old.says(mark)).isEmpty()) {
          AtomicFile.write(file, mark.encode());
        }
      } catch (IOException e) {
        problems.add("NOT made: " + file + ", which remembers etcd's data: " + e);
      }
    }
    return problems;
  }

  private static Optional<DataMark> remembered(Path file) {
    try {
      return DataMark.read(file);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Path guard(Master master) {
    Etcd etcd = master.cluster().etcd();
    return DataMark.guard(etcd.data(), etcd.shared(), master.node().name());
  }
}
