package io.hasupervisor.act;

import io.hasupervisor.act.Incident.Occurrence;
import io.hasupervisor.host.Entries;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Incidents, one directory each. A disk that cannot be written is a sentence for the status, never
 * an obstacle to supervision. Whoever opens or resolves waits for the disk; {@link #recent} never
 * does. What this store did not write is left alone.
 */
public final class IncidentStore {
  private static final Comparator<IncidentId> BY_NUMBER =
      Comparator.comparingLong(IncidentId::number);
  private static final Comparator<IncidentId> BY_TIME =
      Comparator.comparing(IncidentId::stamp).thenComparing(BY_NUMBER);

  private final IncidentFolder directory;
  private final int keptPerService;
  private final long bytesKept;
  private final Map<IncidentId, Incident> known = new ConcurrentHashMap<>();

  /** The answer to {@link #open}. */
  public sealed interface Opened {
    /** It is on disk; evidence goes into {@code directory}. */
    record Kept(Incident incident, Path directory) implements Opened {}

    /** It could not be written; a sentence for the status. */
    record Problem(String text) implements Opened {}
  }

  /**
   * A store that has not looked at its directory yet.
   *
   * @param directory made where it is missing
   * @param keptPerService incidents of one service, at least 1
   * @param bytesKept bytes of all incidents; the newest one of each service is kept all the same
   */
  public IncidentStore(Path directory, int keptPerService, long bytesKept) {
    this.directory = new IncidentFolder(directory);
    this.keptPerService = Math.max(1, keptPerService);
    this.bytesKept = bytesKept;
  }

  /** Takes note of what is there; returns a sentence for the status when that is impossible. */
  public synchronized Optional<String> load() {
    try {
      prepare();
      for (Path entry : Entries.of(directory.path())) {
        IncidentId.parse(String.valueOf(entry.getFileName()))
            .ifPresent(id -> folder(id).facts().ifPresent(facts -> known.put(id, facts)));
      }
      return trim();
    } catch (IOException e) {
      return Optional.of(problem("be read", e));
    }
  }

  /** The directory, of its owner only, and no link to somewhere else. */
  private void prepare() throws IOException {
    if (Files.notExists(directory.path(), LinkOption.NOFOLLOW_LINKS)) {
      directory.create();
    } else if (!directory.exists()) {
      throw new IOException("not a directory");
    } else {
      Files.setPosixFilePermissions(directory.path(), PosixFilePermissions.fromString("rwx------"));
    }
  }

  /**
   * Keeps an occurrence: a death counts into the service's open crash, anything else opens an
   * incident. Makes room first.
   */
  public synchronized Opened open(Occurrence what) {
    forgetRemoved();
    Optional<IncidentId> running = openCrash(what);
    try {
      if (running.isPresent()) {
        return again(running.get(), what);
      }
      prepare();
      Optional<String> _ = trim();
      return create(what);
    } catch (IOException e) {
      return new Opened.Problem(problem("be written", e));
    }
  }

  /** Somebody may have made room by hand. */
  private void forgetRemoved() {
    known.keySet().removeIf(id -> !folder(id).exists());
  }

  private Optional<IncidentId> openCrash(Occurrence what) {
    return what.kind() == Incident.Kind.CRASH
        ? ids(what.service())
            .filter(id -> facts(id).filter(IncidentStore::isOpenCrash).isPresent())
            .max(BY_NUMBER)
        : Optional.empty();
  }

  private static boolean isOpenCrash(Incident incident) {
    return incident.first().kind() == Incident.Kind.CRASH && incident.resolvedAt().isEmpty();
  }

  private Opened again(IncidentId id, Occurrence what) throws IOException {
    Incident counted = facts(id).orElseThrow().again(what);
    known.put(id, counted);
    folder(id).write(counted);
    return new Opened.Kept(counted, folder(id).path());
  }

  private Opened create(Occurrence what) throws IOException {
    long number = ids(what.service()).mapToLong(IncidentId::number).max().orElse(0) + 1;
    IncidentId id = IncidentId.of(what.at(), what.service(), number);
    for (int tries = 1; !created(id); tries++) {
      if (tries == 100) {
        throw new FileAlreadyExistsException(id.toString());
      }
      id = IncidentId.of(what.at(), what.service(), number + tries);
    }
    Incident incident = new Incident(id.toString(), what, what, 1, Optional.empty());
    try {
      folder(id).write(incident);
    } catch (IOException e) {
      folder(id).remove();
      throw e;
    }
    known.put(id, incident);
    return new Opened.Kept(incident, folder(id).path());
  }

  private boolean created(IncidentId id) throws IOException {
    try {
      folder(id).create();
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /** Notes that the service is well again; returns a sentence when that cannot be written. */
  public synchronized Optional<String> resolve(String id, Instant at) {
    forgetRemoved();
    Optional<IncidentId> parsed = IncidentId.parse(id).filter(known::containsKey);
    if (parsed.isEmpty() || facts(parsed.get()).flatMap(Incident::resolvedAt).isPresent()) {
      return Optional.empty();
    }
    Incident resolved = facts(parsed.get()).orElseThrow().resolved(at);
    known.put(parsed.get(), resolved);
    try {
      folder(parsed.get()).write(resolved);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(problem("be written", e));
    }
  }

  /** The last {@code n} incidents of the service, newest first; from memory. */
  public List<Incident> recent(String service, int n) {
    return ids(service)
        .sorted(BY_NUMBER.reversed())
        .limit(n)
        .flatMap(id -> facts(id).stream())
        .toList();
  }

  /**
   * One incident as text, at most 256 KiB: facts, then evidence.
   *
   * @param id as it came from outside; empty for anything but the id of a known incident
   */
  public Optional<String> read(String id) {
    return IncidentId.parse(id)
        .flatMap(parsed -> facts(parsed).map(facts -> IncidentText.of(facts, folder(parsed))));
  }

  /**
   * Removes the oldest incidents beyond the caps; to be called when evidence has been added.
   *
   * @return a sentence for the status when something cannot be removed
   */
  public synchronized Optional<String> trim() {
    forgetRemoved();
    Set<IncidentId> newest = new HashSet<>();
    List<IncidentId> surplus = new ArrayList<>();
    for (String service : services()) {
      List<IncidentId> ids = ids(service).sorted(BY_NUMBER.reversed()).toList();
      newest.add(ids.getFirst());
      surplus.addAll(ids.subList(Math.min(keptPerService, ids.size()), ids.size()));
    }
    try {
      for (IncidentId id : surplus) {
        remove(id);
      }
      shrink(newest);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(problem("be removed", e));
    }
  }

  private void shrink(Set<IncidentId> newest) throws IOException {
    long size = 0;
    for (IncidentId id : known.keySet()) {
      size += folder(id).size();
    }
    List<IncidentId> old =
        known.keySet().stream().filter(id -> !newest.contains(id)).sorted(BY_TIME).toList();
    for (int i = 0; i < old.size() && size > bytesKept; i++) {
      size -= folder(old.get(i)).size();
      remove(old.get(i));
    }
  }

  private void remove(IncidentId id) throws IOException {
    folder(id).remove();
    known.remove(id);
  }

  private List<String> services() {
    return known.values().stream().map(it -> it.first().service()).distinct().toList();
  }

  private Stream<IncidentId> ids(String service) {
    return known.entrySet().stream()
        .filter(entry -> entry.getValue().first().service().equals(service))
        .map(Map.Entry::getKey);
  }

  private Optional<Incident> facts(IncidentId id) {
    return Optional.ofNullable(known.get(id));
  }

  private IncidentFolder folder(IncidentId id) {
    return new IncidentFolder(directory.path().resolve(id.toString()));
  }

  private String problem(String what, Exception e) {
    return "Incidents in " + directory.path() + " cannot " + what + ": " + e;
  }
}
