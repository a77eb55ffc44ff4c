package io.hasupervisor.config;

import java.nio.file.Path;
import java.util.Optional;

/** The check of a client certificate and its key, wherever they may be written. */
final class ClientCertificate {
  private ClientCertificate() {}

  static void check(
      Section section, Key<Optional<Path>> certificate, Key<Optional<Path>> key, boolean https) {
    boolean hasCertificate = section.get(certificate).isPresent();
    boolean hasKey = section.get(key).isPresent();
    if (hasCertificate != hasKey) {
      Key<?> alone = hasCertificate ? certificate : key;
      Key<?> other = hasCertificate ? key : certificate;
      section.reject(alone, "needs " + other.name() + " beside it");
    } else if (hasCertificate && !https) {
      section.reject(certificate, "needs an https url");
    }
  }
}
