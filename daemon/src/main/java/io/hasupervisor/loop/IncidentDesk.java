package io.hasupervisor.loop;

import io.hasupervisor.act.Incident;
import io.hasupervisor.act.Incident.Kind;
import io.hasupervisor.act.Incident.Occurrence;
import io.hasupervisor.act.IncidentStore;
import io.hasupervisor.act.IncidentStore.Opened;
import io.hasupervisor.control.Reply;
import io.hasupervisor.decide.Because;
import io.hasupervisor.host.Clock;
import io.hasupervisor.observe.Exit;
import io.hasupervisor.publish.Endings;
import io.hasupervisor.publish.Status.IncidentRef;
import io.hasupervisor.publish.Status.Notice;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Files incidents in one thread of its own, in the order they came, and tells the loop what is on
 * disk.
 */
final class IncidentDesk implements Incidents, AutoCloseable {
  private static final int SHOWN = 5;
  private static final String DISK = "INCIDENTS_NOT_KEPT";

  private final IncidentStore store;
  private final Clock clock;
  private final Inbox inbox;
  private final ExecutorService disk =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("incidents").factory());

  IncidentDesk(IncidentStore store, Clock clock, Inbox inbox) {
    this.store = store;
    this.clock = clock;
    this.inbox = inbox;
  }

  /** Takes note of earlier incidents of these services. */
  void load(Iterable<String> services) {
    run(
        () -> {
          report(store.load());
          services.forEach(this::publish);
        });
  }

  @Override
  public void died(String service, Exit exit, Because because, String reason) {
    Occurrence death =
        occurrence(service, Kind.CRASH, because.name(), reason, Optional.of(Endings.of(exit)));
    run(() -> keep(death));
  }

  /** Opens an incident for a kill; its directory, or empty where the disk does not take it. */
  Optional<Path> open(String service, Kind kind, Because because, String reason)
      throws InterruptedException {
    Occurrence what = occurrence(service, kind, because.name(), reason, Optional.empty());
    Future<Optional<Path>> kept = disk.submit(() -> keep(what));
    try {
      return kept.get();
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private Occurrence occurrence(
      String service, Kind kind, String because, String reason, Optional<String> exit) {
    return new Occurrence(service, kind, clock.wall(), because, reason, exit, Optional.empty());
  }

  private Optional<Path> keep(Occurrence what) {
    Opened opened = store.open(what);
    return switch (opened) {
      case Opened.Kept kept -> {
        report(Optional.empty());
        publish(what.service());
        yield Optional.of(kept.directory());
      }
      case Opened.Problem problem -> {
        report(Optional.of(problem.text()));
        yield Optional.empty();
      }
    };
  }

  /** After evidence has been added: keeps within the caps. */
  void added() {
    run(() -> report(store.trim()));
  }

  @Override
  public void recovered(String service) {
    run(
        () -> {
          for (Incident incident : store.recent(service, SHOWN)) {
            if (incident.resolvedAt().isEmpty()) {
              report(store.resolve(incident.id(), clock.wall()));
            }
          }
          publish(service);
        });
  }

  @Override
  public void show(String id, CompletableFuture<Reply> answer) {
    run(
        () ->
            answer.complete(
                store
                    .read(id)
                    .map(Reply::done)
                    .orElseGet(
                        () ->
                            Reply.unknown(
                                "there is no incident \""
                                    + id
                                    + "\"; status names the last ones"))));
  }

  private void publish(String service) {
    for (Incident incident : store.recent(service, SHOWN).reversed()) {
      IncidentRef ref = new IncidentRef(incident.id(), incident.first().at(), incident.what());
      inbox.post(new Message.Filed(service, ref));
    }
  }

  private void report(Optional<String> problem) {
    inbox.post(new Message.Noticed(new Notice(DISK, clock.wall(), problem.orElse(""))));
  }

  private void run(Runnable task) {
    if (!disk.isShutdown()) {
      disk.execute(task);
    }
  }

  @Override
  public void close() {
    disk.shutdown();
  }
}
