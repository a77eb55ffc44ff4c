package io.hasupervisor.act;

import io.hasupervisor.decide.Outcome;
import io.hasupervisor.host.UnitSpec;
import io.hasupervisor.observe.Incarnation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Saves what tells later why a service had to be killed. All sources are asked at once; one that
 * fails or hangs is noted in {@code capture.txt} and costs the others nothing.
 */
public final class Evidence {
  private final String journalctl;

  private record Answer(String source, String note) {}

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
   * @return {@link Outcome.Failed} only where the directory cannot be written
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
    IncidentFolder folder = new IncidentFolder(directory);
    Optional<String> problem = put(folder, "probes.txt", probeHistory);
    Map<String, Source> sources = sources(spec, unit, life);
    Map<String, String> notes = new LinkedHashMap<>();
    String silent = "no answer within " + spec.limit().toMillis() + " ms";
    sources.keySet().forEach(name -> notes.put(name, silent));
    BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    List<Thread> threads = new ArrayList<>();
    try {
      sources.forEach(
          (name, source) -> threads.add(ask(name, source, folder, forSources, answers)));
      for (int asked = 0; asked < sources.size() && !deadline.over(); asked++) {
        Optional.ofNullable(answers.poll(deadline.left().toNanos(), TimeUnit.NANOSECONDS))
            .ifPresent(answer -> notes.put(answer.source(), answer.note()));
      }
    } finally {
      threads.forEach(Thread::interrupt);
      StringBuilder text = new StringBuilder();
      notes.forEach((name, note) -> text.append(name).append(": ").append(note).append('\n'));
      problem = problem.or(() -> put(folder, "capture.txt", text.toString()));
    }
    return problem.<Outcome>map(Outcome.Failed::new).orElseGet(Outcome.Done::new);
  }

  private static Optional<String> put(IncidentFolder folder, String name, String content) {
    try {
      folder.put(name, content);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("the evidence could not be written: " + e);
    }
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
      String name,
      Source source,
      IncidentFolder folder,
      Deadline deadline,
      BlockingQueue<Answer> answers) {
    // A virtual thread that opens a file on a dead mount would hold up all others; one that waits
    // for a socket can be interrupted, which no platform thread can.
    Thread.Builder builder =
        source instanceof UrlFetch ? Thread.ofVirtual() : Thread.ofPlatform().daemon();
    return builder
        .name("evidence-" + name)
        .start(() -> answers.add(new Answer(name, note(source, folder, deadline))));
  }

  private static String note(Source source, IncidentFolder folder, Deadline deadline) {
    long start = System.nanoTime();
    String note;
    try {
      note = source.collect(folder, deadline);
    } catch (IOException | RuntimeException e) {
      note = "failed: " + e.getClass().getSimpleName() + ": " + e.getMessage();
    } catch (InterruptedException e) {
      note = "interrupted";
    }
    return note + " (" + (System.nanoTime() - start) / 1_000_000 + " ms)";
  }
}
