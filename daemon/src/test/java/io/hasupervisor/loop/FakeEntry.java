package io.hasupervisor.loop;

import io.hasupervisor.observe.entry.EntryRound;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Gives the rounds that the test puts in; without one, its look hangs. */
final class FakeEntry implements EntryWorld {
  final BlockingQueue<EntryRound> rounds = new LinkedBlockingQueue<>();
  volatile boolean closed;

  @Override
  public EntryRound look() throws InterruptedException {
    return rounds.take();
  }

  @Override
  public void close() {
    closed = true;
  }
}
