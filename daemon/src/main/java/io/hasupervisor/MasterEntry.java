package io.hasupervisor;

import io.hasupervisor.cluster.Master;
import io.hasupervisor.host.Clock;
import io.hasupervisor.loop.EntryWorld;
import io.hasupervisor.observe.api.ApiAnswer;
import io.hasupervisor.observe.api.ReadyQuestion;
import io.hasupervisor.observe.entry.EntryLook;
import io.hasupervisor.observe.entry.EntryRound;

/**
 * The way into the cluster as one master sees it: part of the wiring. What asks is made by the
 * first look, whose thread then loads its classes.
 */
final class MasterEntry implements EntryWorld {
  private final ReadyQuestion ready;
  private final FirstUse<EntryLook> look;

  MasterEntry(Master master, Clock clock) {
    this.look = new FirstUse<>(() -> EntryLook.of(master, clock));
    this.ready = ReadyQuestion.of(master.apiserver());
  }

  @Override
  public EntryRound look() throws InterruptedException {
    return look.get().look();
  }

  @Override
  public ApiAnswer ready() throws InterruptedException {
    return ready.ask();
  }

  @Override
  public void close() {
    look.close();
  }
}
