package io.hasupervisor.observe.etcd;

import static io.hasupervisor.observe.etcd.Fault.CORRUPT;
import static io.hasupervisor.observe.etcd.Fault.DENIED;
import static io.hasupervisor.observe.etcd.Fault.ERROR;
import static io.hasupervisor.observe.etcd.Fault.GARBAGE;
import static io.hasupervisor.observe.etcd.Fault.LEARNER;
import static io.hasupervisor.observe.etcd.Fault.NO_LEADER;
import static io.hasupervisor.observe.etcd.Fault.NO_QUORUM;
import static io.hasupervisor.observe.etcd.Fault.NO_SPACE;
import static io.hasupervisor.observe.etcd.Fault.REFUSED;
import static io.hasupervisor.observe.etcd.Fault.REMOVED;
import static io.hasupervisor.observe.etcd.Fault.TIMEOUT;
import static io.hasupervisor.observe.etcd.Fault.UNREACHABLE;

import io.grpc.Status;
import io.hasupervisor.observe.Excerpt;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.ssl.NotSslRecordException;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** A gRPC status, or a message of etcd's, in our words. */
record Refusal(Fault fault, String detail) {
  /** Parts of etcd's own messages (etcd, rpctypes/error.go). */
  private static final Map<String, Fault> MESSAGES = new LinkedHashMap<>();

  static {
    MESSAGES.put("no leader", NO_LEADER);
    MESSAGES.put("request timed out", NO_QUORUM);
    MESSAGES.put("corrupt", CORRUPT);
    MESSAGES.put("database space exceeded", NO_SPACE);
    MESSAGES.put("not supported for learner", LEARNER);
    MESSAGES.put("member removed", REMOVED);
    MESSAGES.put("permanently removed", REMOVED);
    MESSAGES.put("permission denied", DENIED);
    MESSAGES.put("invalid auth token", DENIED);
    MESSAGES.put("user name is empty", DENIED);
    MESSAGES.put("authentication failed", DENIED);
  }

  /** The member's own word where our deadline reached it and came to its end there. */
  private static final String CONTEXT = "context deadline exceeded";

  /** How gRPC describes a connection that was closed by the other side. */
  private static final String CLOSED = "Network closed";

  /** How gRPC describes an answer over HTTP that is not gRPC. */
  private static final String NOT_GRPC = "HTTP status code";

  /**
   * What {@code status} says.
   *
   * @param deadline that the call had
   */
  static Refusal of(Status status, Duration deadline) {
    String said = said(status);
    if (ofEtcd(status)) {
      return of(said);
    }
    return status.getCause() == null
        ? byCode(status, said, deadline)
        : byCause(status.getCause()).orElseGet(() -> byCode(status, said, deadline));
  }

  private static String said(Status status) {
    return Objects.requireNonNullElse(status.getDescription(), "");
  }

  /** What one of etcd's own messages says. */
  static Refusal of(String said) {
    return new Refusal(
        MESSAGES.entrySet().stream()
            .filter(message -> said.contains(message.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(ERROR),
        Excerpt.of(said));
  }

  /** The same, where it was closed before anything came back through TLS. */
  static Refusal beforeAnswer(Status status, Duration deadline) {
    boolean closed = status.getCause() == null && said(status).startsWith(CLOSED);
    return closed
        ? new Refusal(Fault.TLS, "closed right after the handshake: is our certificate accepted?")
        : of(status, deadline);
  }

  /** Whether it is the member's own word, so that the connection is good. */
  boolean byMember() {
    return switch (fault) {
      case REFUSED, TIMEOUT, UNREACHABLE, TLS, GARBAGE -> false;
      case DENIED, NO_LEADER, NO_QUORUM, CORRUPT, NO_SPACE, LEARNER, REMOVED, ERROR -> true;
    };
  }

  /**
   * Whether etcd let the caller in but not to this key. It checks that after the read has gone
   * through consensus, so for {@code etcdctl endpoint health} it is a success. A proxy's 403 is
   * not.
   */
  static boolean ofKeyOnly(Status status) {
    return status.getCode() == Status.Code.PERMISSION_DENIED && ofEtcd(status);
  }

  private static boolean ofEtcd(Status status) {
    return status.getDescription() != null && status.getDescription().startsWith("etcdserver: ");
  }

  private static Optional<Refusal> byCause(Throwable cause) {
    if (find(cause, ConnectTimeoutException.class).isPresent()) {
      return Optional.of(new Refusal(TIMEOUT, "the connection was not accepted in time"));
    }
    if (find(cause, ConnectException.class).isPresent()) {
      return Optional.of(new Refusal(REFUSED, "nothing listens there"));
    }
    if (find(cause, NotSslRecordException.class).isPresent()) {
      return Optional.of(new Refusal(GARBAGE, "the answer is not TLS"));
    }
    Optional<SSLException> tls = find(cause, SSLException.class);
    if (tls.isPresent()
        && find(cause, EOFException.class).isEmpty()
        && find(cause, SocketException.class).isEmpty()) {
      return Optional.of(new Refusal(Fault.TLS, Excerpt.of(deepest(tls.get()))));
    }
    if (find(cause, Http2Exception.class).isPresent()) {
      return Optional.of(new Refusal(GARBAGE, "the answer is not HTTP/2"));
    }
    return Optional.empty();
  }

  private static Refusal byCode(Status status, String said, Duration deadline) {
    boolean garbage = said.contains(NOT_GRPC);
    if (said.startsWith(CONTEXT)) {
      return new Refusal(TIMEOUT, Excerpt.of(said));
    }
    return switch (status.getCode()) {
      case DEADLINE_EXCEEDED -> new Refusal(TIMEOUT, "no answer within " + Excerpt.of(deadline));
      case UNAUTHENTICATED, PERMISSION_DENIED -> new Refusal(DENIED, Excerpt.of(said));
      case UNAVAILABLE ->
          garbage
              ? new Refusal(GARBAGE, Excerpt.of(said))
              : new Refusal(UNREACHABLE, Excerpt.of(lost(status, said)));
      case CANCELLED, INTERNAL, RESOURCE_EXHAUSTED, DATA_LOSS, OUT_OF_RANGE ->
          new Refusal(GARBAGE, Excerpt.of(said));
      case OK,
          UNKNOWN,
          INVALID_ARGUMENT,
          NOT_FOUND,
          ALREADY_EXISTS,
          FAILED_PRECONDITION,
          ABORTED,
          UNIMPLEMENTED ->
          new Refusal(garbage ? GARBAGE : ERROR, Excerpt.of(said));
    };
  }

  /** gRPC says "io exception" and lists its pipeline; the cause says it better. */
  private static String lost(Status status, String said) {
    if (said.startsWith(CLOSED)) {
      return "the connection was closed";
    }
    return status.getCause() == null ? said : deepest(status.getCause());
  }

  private static String deepest(Throwable thrown) {
    Throwable deepest = causes(thrown).reduce(thrown, (_, cause) -> cause);
    return Objects.requireNonNullElse(deepest.getMessage(), deepest.getClass().getSimpleName());
  }

  private static <T extends Throwable> Optional<T> find(Throwable thrown, Class<T> wanted) {
    return causes(thrown).filter(wanted::isInstance).map(wanted::cast).findFirst();
  }

  private static Stream<Throwable> causes(Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause).limit(20);
  }
}
