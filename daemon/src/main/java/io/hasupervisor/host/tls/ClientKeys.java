package io.hasupervisor.host.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** What a client shows of itself in a handshake. */
public final class ClientKeys {
  private static final char[] NO_PASSWORD = {};

  private ClientKeys() {}

  /**
   * This certificate chain with its key. That the two fit together is not looked at: where they do
   * not, the handshake fails.
   *
   * @throws GeneralSecurityException when the chain is empty or none
   */
  public static KeyManager[] of(List<Certificate> chain, PrivateKey key)
      throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    store.setKeyEntry("client", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  /** A key store in memory with nothing in it. */
  public static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }
}
