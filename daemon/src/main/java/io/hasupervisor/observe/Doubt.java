package io.hasupervisor.observe;

import io.hasupervisor.host.tls.TrustAll;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.X509ExtendedTrustManager;

/** Checks what a server shows as a client would, tells of it, and goes on whatever it is. */
final class Doubt extends TrustAll {
  private final X509ExtendedTrustManager strict;
  private final Consumer<Shown> told;

  /** Checks by {@code strict}. */
  Doubt(X509ExtendedTrustManager strict, Consumer<Shown> told) {
    this.strict = strict;
    this.told = told;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
    told.accept(new Shown(chain[0], distrust(chain, authType, socket)));
  }

  private Optional<String> distrust(X509Certificate[] chain, String authType, Socket socket) {
    try {
      strict.checkServerTrusted(chain, authType, socket);
      return Optional.empty();
    } catch (CertificateException e) {
      return Optional.of(TlsFault.words(e));
    }
  }
}
