package io.hasupervisor.loop;

import io.hasupervisor.decide.Outcome;
import io.hasupervisor.observe.etcd.Attestation;
import io.hasupervisor.observe.etcd.EtcdRound;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Gives the rounds that the test puts in; without one, its look hangs. */
class FakeEtcd implements EtcdWorld {
  final BlockingQueue<EtcdRound> rounds = new LinkedBlockingQueue<>();
  final BlockingQueue<Attestation> attested = new LinkedBlockingQueue<>();
  final BlockingQueue<RuntimeException> bugs = new LinkedBlockingQueue<>();
  volatile Outcome outcome = new Outcome.Done();
  volatile boolean closed;
  final AtomicInteger lookedUp = new AtomicInteger();
  volatile List<Attestation> words = List.of();
  volatile Map<String, String> secrets = Map.of();

  @Override
  public EtcdRound look() throws InterruptedException {
    RuntimeException bug = bugs.poll();
    if (bug != null) {
      throw bug;
    }
    return rounds.take();
  }

  @Override
  public Outcome attest(Attestation attestation) {
    attested.add(attestation);
    return outcome;
  }

  @Override
  public List<Attestation> lastWords() {
    lookedUp.incrementAndGet();
    return List.copyOf(words);
  }

  @Override
  public Map<String, String> secrets() {
    return secrets;
  }

  /** The same for the thread that asks. */
  RoundWatch.Asking asking() {
    return new RoundWatch.Asking() {
      @Override
      public Message look() throws InterruptedException {
        return new Message.EtcdLooked(FakeEtcd.this, FakeEtcd.this.look());
      }

      @Override
      public void close() {
        FakeEtcd.this.close();
      }
    };
  }

  @Override
  public void close() {
    closed = true;
  }
}
