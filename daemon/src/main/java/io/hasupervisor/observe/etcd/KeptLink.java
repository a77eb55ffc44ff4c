package io.hasupervisor.observe.etcd;

import io.etcd.jetcd.api.ClusterGrpc;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.MaintenanceGrpc;
import io.grpc.Deadline;
import io.grpc.StatusException;
import io.hasupervisor.observe.ClientTls;
import io.hasupervisor.observe.Excerpt;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * The connection to one member that is kept between questions: made with the first one, made anew
 * where it has failed or the certificates have changed; each question over it becomes an answer.
 */
final class KeptLink implements AutoCloseable {
  private final Endpoint endpoint;
  private final Optional<ClientTls> tls;
  private Optional<GrpcLink> link = Optional.empty();
  private boolean closed;

  /** Nothing is connected yet. */
  KeptLink(Endpoint endpoint, Optional<ClientTls> tls) {
    this.endpoint = endpoint;
    this.tls = tls;
  }

  /** The stubs of one question. */
  record Call(GrpcLink link, Deadline deadline) {
    KVGrpc.KVBlockingV2Stub kv() {
      return KVGrpc.newBlockingV2Stub(link.channel()).withDeadline(deadline);
    }

    MaintenanceGrpc.MaintenanceBlockingV2Stub maintenance() {
      return MaintenanceGrpc.newBlockingV2Stub(link.channel()).withDeadline(deadline);
    }

    ClusterGrpc.ClusterBlockingV2Stub cluster() {
      return ClusterGrpc.newBlockingV2Stub(link.channel()).withDeadline(deadline);
    }
  }

  /** What is asked of a member over a connection. */
  interface Question<T> {
    T of(Call call) throws StatusException, NotEtcd;
  }

  /**
   * Puts one question.
   *
   * @param deadline for the whole answer
   * @throws InterruptedException when the thread is interrupted, which ends the call
   */
  <T> Answer<T> ask(Duration deadline, Question<T> question) throws InterruptedException {
    long begun = System.nanoTime();
    GrpcLink used;
    try {
      used = take();
    } catch (IOException e) {
      return failed(Fault.TLS, e, begun);
    }
    Answer<T> answer = ask(used, deadline, question, begun);
    used.leave();
    // gRPC ends the call, and sets the mark again.
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return answer;
  }

  private static <T> Answer<T> ask(
      GrpcLink used, Duration deadline, Question<T> question, long begun) {
    Deadline end = Deadline.after(deadline.toNanos(), TimeUnit.NANOSECONDS);
    try {
      T value = question.of(new Call(used, end));
      used.answered();
      return new Answer.Got<>(value, since(begun));
    } catch (StatusException e) {
      Refusal refusal =
          used.barelyGreeted()
              ? Refusal.beforeAnswer(e.getStatus(), deadline)
              : Refusal.of(e.getStatus(), deadline);
      if (refusal.byMember()) {
        used.answered();
      } else {
        used.retire();
      }
      return new Answer.Failed<>(refusal.fault(), refusal.detail(), since(begun));
    } catch (NotEtcd e) {
      used.retire();
      return failed(Fault.GARBAGE, e, begun);
    }
  }

  /** The present connection, or a new one in place of one that has failed. */
  private synchronized GrpcLink take() throws IOException {
    Optional<SSLContext> now = context();
    if (link.isPresent() && link.get().take(now)) {
      return link.get();
    }
    link.ifPresent(GrpcLink::retire);
    GrpcLink fresh = GrpcLink.to(endpoint, now);
    if (closed) {
      fresh.kill();
    }
    boolean _ = fresh.take(now);
    link = Optional.of(fresh);
    return fresh;
  }

  /** One more connection, the caller's own. */
  GrpcLink another() throws IOException {
    return GrpcLink.to(endpoint, context());
  }

  private Optional<SSLContext> context() throws IOException {
    return tls.isPresent() ? Optional.of(tls.get().current()) : Optional.empty();
  }

  private static <T> Answer<T> failed(Fault fault, Exception thrown, long begun) {
    return new Answer.Failed<>(
        fault, Excerpt.of(String.valueOf(thrown.getMessage())), since(begun));
  }

  private static Duration since(long begun) {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  /** Calls under way fail, and later ones. */
  @Override
  public synchronized void close() {
    closed = true;
    link.ifPresent(GrpcLink::kill);
    link = Optional.empty();
  }
}
