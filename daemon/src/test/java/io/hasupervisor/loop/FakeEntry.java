package io.hasupervisor.loop;

import io.hasupervisor.observe.api.ApiAnswer;
import io.hasupervisor.observe.entry.EntryRound;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Gives the rounds that the test puts in; without one, its look hangs. */
final class FakeEntry implements EntryWorld {
  final BlockingQueue<EntryRound> rounds = new LinkedBlockingQueue<>();
  volatile boolean closed;

  @Override
  public EntryRound look() throws InterruptedException {
    return rounds.take();
  }

  /** What the apiserver says, once it is put in. */
  final BlockingQueue<ApiAnswer> ready = new LinkedBlockingQueue<>();

  final AtomicInteger asked = new AtomicInteger();

  @Override
  public ApiAnswer ready() throws InterruptedException {
    asked.incrementAndGet();
    return ready.take();
  }

  @Override
  public void close() {
    closed = true;
  }
}
