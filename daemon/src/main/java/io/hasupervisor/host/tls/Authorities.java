package io.hasupervisor.host.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Collection;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Whom a client believes. */
public final class Authorities {
  private Authorities() {}

  /** Whoever shows a certificate that one of these has signed. */
  public static TrustManager[] of(Collection<? extends Certificate> authorities)
      throws GeneralSecurityException, IOException {
    KeyStore store = ClientKeys.emptyStore();
    for (Certificate each : authorities) {
      store.setCertificateEntry("ca" + store.size(), each);
    }
    return of(store);
  }

  /** Those in a store. */
  public static TrustManager[] of(KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }
}
