package io.hasupervisor;

import io.hasupervisor.cluster.Master;
import io.hasupervisor.host.Clock;
import io.hasupervisor.loop.EntryWorld;
import io.hasupervisor.observe.api.ApiAnswer;
import io.hasupervisor.observe.api.ReadyQuestion;
import io.hasupervisor.observe.entry.EntryLook;
import io.hasupervisor.observe.entry.EntryRound;
import java.util.Optional;

/**
 * The way into the cluster as one master sees it: part of the wiring. What asks is made by the
 * first look, whose thread then loads its classes.
 */
final class MasterEntry implements EntryWorld {
  private final Master master;
  private final Clock clock;
  private final ReadyQuestion ready;
  private Optional<EntryLook> look = Optional.empty();
  private boolean closed;

  MasterEntry(Master master, Clock clock) {
    this.master = master;
    this.clock = clock;
    this.ready = ReadyQuestion.of(master.apiserver());
  }

  @Override
  public EntryRound look() throws InterruptedException {
    return asker().look();
  }

  @Override
  public ApiAnswer ready() throws InterruptedException {
    return ready.ask();
  }

  private synchronized EntryLook asker() throws InterruptedException {
    if (closed) {
      throw new InterruptedException("nobody wants to know any more");
    }
    if (look.isEmpty()) {
      look = Optional.of(EntryLook.of(master, clock));
    }
    return look.get();
  }

  @Override
  public synchronized void close() {
    closed = true;
    look.ifPresent(EntryLook::close);
  }
}
