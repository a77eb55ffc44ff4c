package io.hasupervisor.observe;

import static io.hasupervisor.observe.Symptom.CLOSED;
import static io.hasupervisor.observe.Symptom.TIMED_OUT;

import io.hasupervisor.observe.CheckResult.Failed;
import io.hasupervisor.observe.CheckResult.Inconclusive;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Says in typed words what an exception of a library means about the target. */
final class Failures {
  private Failures() {}

  /**
   * The result of a check that ended with {@code thrown}.
   *
   * @param doing what the check was doing, as in "still waiting for the answer"
   */
  static CheckResult of(Exception thrown, String doing, Duration deadline) {
    boolean interrupted = Thread.interrupted();
    if (interrupted
        || thrown instanceof InterruptedException
        || find(thrown, ClosedByInterruptException.class).isPresent()) {
      return new Failed(TIMED_OUT, "no answer within " + Excerpt.of(deadline) + ": still " + doing);
    }
    Optional<EarlyAnswer> early = find(thrown, EarlyAnswer.class);
    if (early.isPresent()) {
      return early.get().result();
    }
    Optional<SSLException> tls = find(thrown, SSLException.class);
    if (tls.isPresent()) {
      return TlsFault.of(tls.get(), doing);
    }
    return find(thrown, IOException.class).isPresent()
        ? new Failed(CLOSED, "the connection was closed while " + doing)
        : new Inconclusive("the check itself failed: " + thrown);
  }

  /** The first of this class among {@code thrown} and its causes. */
  static <T extends Throwable> Optional<T> find(Throwable thrown, Class<T> wanted) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
        .limit(20)
        .filter(wanted::isInstance)
        .map(wanted::cast)
        .findFirst();
  }

  static String message(Throwable thrown) {
    return Objects.requireNonNullElse(thrown.getMessage(), thrown.getClass().getSimpleName());
  }
}
