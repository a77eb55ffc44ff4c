package io.hasupervisor.observe.etcd;

import io.hasupervisor.cluster.EtcdSettings;
import io.hasupervisor.observe.HttpCall;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** One member's client URL, kept between rounds, with the protocol that it was found to speak. */
final class Member implements AutoCloseable {
  /** A member that is no more is not asked twice in one round for these. */
  private static final Set<Fault> FINAL =
      Set.of(Fault.TLS, Fault.DENIED, Fault.LEARNER, Fault.REMOVED, Fault.CORRUPT, Fault.GARBAGE);

  /** After these another server may be there, with another protocol. */
  private static final Set<Fault> ANOTHER = Set.of(Fault.REFUSED, Fault.GARBAGE);

  /** How an etcd 2.x answers to gRPC. */
  private static final Set<Fault> PERHAPS_OLD = Set.of(Fault.GARBAGE, Fault.UNREACHABLE);

  /** Versions that speak the v2 API alone. */
  private static final String OLD = "2.";

  private static final Duration ONE_SECOND = Duration.ofSeconds(1);

  private final EtcdChannel grpc;
  private final EtcdV2 v2;
  private volatile boolean old;

  /** Nothing is asked yet. */
  Member(Endpoint endpoint, Optional<EtcdSettings.Tls> tls, HttpCall http) {
    this.grpc = EtcdChannel.to(endpoint.at("").toString(), tls);
    this.v2 = new EtcdV2(endpoint, http);
  }

  MemberApi api() {
    return old ? v2 : grpc;
  }

  /** Its gRPC API, unless it is too old to have one. */
  Optional<EtcdChannel> channel() {
    return old ? Optional.empty() : Optional.of(grpc);
  }

  /** E1, with one retry: an election costs one refusal, and the next read is answered. */
  Answer<Header> read(Duration deadline) throws InterruptedException {
    long begun = System.nanoTime();
    Answer<Header> first = once(deadline);
    Duration left = deadline.minusNanos(System.nanoTime() - begun);
    return first.failure().filter(fault -> !FINAL.contains(fault)).isPresent()
            && left.compareTo(ONE_SECOND) > 0
        ? once(left)
        : first;
  }

  private Answer<Header> once(Duration deadline) throws InterruptedException {
    long begun = System.nanoTime();
    Answer<Header> answer = api().read(deadline);
    if (!old && answer.failure().filter(PERHAPS_OLD::contains).isPresent()) {
      Duration left = deadline.minusNanos(System.nanoTime() - begun);
      old = v2.version(left).got().filter(version -> version.startsWith(OLD)).isPresent();
      return old ? v2.read(deadline.minusNanos(System.nanoTime() - begun)) : answer;
    }
    if (old && answer.failure().filter(ANOTHER::contains).isPresent()) {
      old = false;
    }
    return answer;
  }

  @Override
  public void close() {
    grpc.close();
  }
}
