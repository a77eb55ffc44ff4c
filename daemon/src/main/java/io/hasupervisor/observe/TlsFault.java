package io.hasupervisor.observe;

import static io.hasupervisor.observe.Symptom.CLOSED;
import static io.hasupervisor.observe.Symptom.GARBAGE;
import static io.hasupervisor.observe.Symptom.TLS_FAILED;

import io.hasupervisor.observe.CheckResult.Failed;
import java.io.EOFException;
import java.net.SocketException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Plain words for a failed TLS handshake. */
final class TlsFault {
  private TlsFault() {}

  static Failed of(SSLException thrown, String doing) {
    if (Failures.find(thrown, EOFException.class).isPresent()
        || Failures.find(thrown, SocketException.class).isPresent()) {
      return new Failed(CLOSED, "the connection was closed while " + doing);
    }
    if (Failures.message(thrown).contains("unrecognized SSL message")) {
      return new Failed(GARBAGE, "the answer is not TLS");
    }
    return new Failed(TLS_FAILED, words(thrown));
  }

  /** What is wrong with the certificate or the handshake, as a clause about the server. */
  static String words(Exception thrown) {
    Optional<CertificateExpiredException> expired =
        Failures.find(thrown, CertificateExpiredException.class);
    if (expired.isPresent()) {
      return "its certificate has expired (" + Failures.message(expired.get()) + ")";
    }
    Optional<CertificateNotYetValidException> early =
        Failures.find(thrown, CertificateNotYetValidException.class);
    if (early.isPresent()) {
      return "its certificate is not valid yet (" + Failures.message(early.get()) + ")";
    }
    if (Failures.find(thrown, CertPathBuilderException.class).isPresent()) {
      return "its certificate is not signed by a trusted authority";
    }
    String deepest =
        Excerpt.of(
            Failures.message(
                Stream.iterate((Throwable) thrown, Objects::nonNull, Throwable::getCause)
                    .limit(20)
                    .reduce(thrown, (_, cause) -> cause)));
    return Failures.find(thrown, CertificateException.class).isPresent()
        ? "its certificate is not accepted: " + deepest
        : "the TLS handshake failed: " + deepest;
  }
}
