package io.hasupervisor.act;

import io.hasupervisor.act.Source.Found;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.host.UnitSpec;
import io.hasupervisor.observe.Incarnation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Saves what tells later why a service had to be killed. All sources are asked at once; one that
 * fails or hangs is noted in {@code capture.txt} and costs the others nothing.
 */
public final class Evidence {
  private final String journalctl;

  private record Answer(String source, Found found, Duration took) {}

  public Evidence() {
    this("journalctl");
  }

  Evidence(String journalctl) {
    this.journalctl = journalctl;
  }

  /**
   * Fills the directory of an incident, in at most the spec's limit.
   *
   * @param life the life to be killed; without one, nothing is signalled
   * @param directory of {@link IncidentStore.Opened.Kept}
   * @param probeHistory kept as it is
   * @return {@link Outcome.Failed} only where the evidence could not be written
   * @throws InterruptedException when interrupted; what was found by then is kept
   */
  public Outcome capture(
      EvidenceSpec spec,
      UnitSpec unit,
      Optional<Incarnation> life,
      Path directory,
      String probeHistory)
      throws InterruptedException {
    Deadline deadline = Deadline.in(spec.limit());
    Deadline forSources = Deadline.in(spec.limit().multipliedBy(9).dividedBy(10));
    Filled files = new Filled(new IncidentFolder(directory));
    files.put("probes.txt", probeHistory);
    Map<String, Source> sources = sources(spec, unit, life);
    BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    List<Thread> threads = new ArrayList<>();
    Set<String> silent = new HashSet<>(sources.keySet());
    try {
      sources.forEach((name, source) -> threads.add(ask(name, source, forSources, answers)));
      while (!silent.isEmpty()) {
        Answer answer = answers.poll(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
        if (answer == null) {
          break;
        }
        silent.remove(answer.source());
        files.keep(answer);
      }
    } finally {
      threads.forEach(Thread::interrupt);
      silent.forEach(
          name -> files.note(name, "no answer within " + spec.limit().toMillis() + " ms"));
      files.put("capture.txt", files.notes.toString());
    }
    return files.problem.<Outcome>map(Outcome.Failed::new).orElseGet(Outcome.Done::new);
  }

  private Map<String, Source> sources(
      EvidenceSpec spec, UnitSpec unit, Optional<Incarnation> life) {
    Map<String, Source> sources = new LinkedHashMap<>();
    life.map(MainProcess::new)
        .ifPresent(
            process -> {
              spec.signal()
                  .ifPresent(
                      signal -> sources.put("dump", new StackDump(process, signal, spec.dumps())));
              sources.put("process", new ProcFiles(process));
            });
    spec.url()
        .ifPresent(url -> sources.put("url", new UrlFetch(url, spec.certificate(), spec.key())));
    spec.log().or(() -> outputOf(unit)).ifPresent(log -> sources.put("log", new LogTail(log)));
    if (unit instanceof UnitSpec.Systemd systemd && spec.journalLines() > 0) {
      sources.put("journal", new Journal(journalctl, systemd.unit(), spec.journalLines()));
    }
    return sources;
  }

  private static Optional<Path> outputOf(UnitSpec unit) {
    return unit instanceof UnitSpec.Exec exec ? Optional.of(exec.log()) : Optional.empty();
  }

  private static Thread ask(
      String name, Source source, Deadline deadline, BlockingQueue<Answer> answers) {
    Runnable task =
        () -> {
          long start = System.nanoTime();
          Found found = collect(source, deadline);
          answers.add(new Answer(name, found, Duration.ofNanos(System.nanoTime() - start)));
        };
    // A virtual thread that opens a file on a dead mount would hold up all others; one that waits
    // for a socket can be interrupted, which no platform thread can.
    Thread.Builder builder =
        source instanceof UrlFetch ? Thread.ofVirtual() : Thread.ofPlatform().daemon();
    return builder.name("evidence-" + name).start(task);
  }

  private static Found collect(Source source, Deadline deadline) {
    try {
      return source.collect(deadline);
    } catch (IOException | RuntimeException e) {
      return Found.nothing("failed: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Found.nothing("interrupted");
    }
  }

  /** The incident being filled; a disk that is full is remembered, and does not end the capture. */
  private static final class Filled {
    private final IncidentFolder folder;
    private final StringBuilder notes = new StringBuilder();
    private Optional<String> problem = Optional.empty();

    Filled(IncidentFolder folder) {
      this.folder = folder;
    }

    void keep(Answer answer) {
      note(answer.source(), answer.found().note() + " (" + answer.took().toMillis() + " ms)");
      new TreeMap<>(answer.found().files()).forEach(this::put);
    }

    void note(String source, String text) {
      notes.append(source).append(": ").append(text).append('\n');
    }

    void put(String name, String content) {
      put(name, content.getBytes(StandardCharsets.UTF_8));
    }

    void put(String name, byte[] content) {
      try {
        folder.put(name, content);
      } catch (IOException e) {
        problem = Optional.of("the evidence could not be written: " + e);
        note(name, "not written: " + e);
      }
    }
  }
}
