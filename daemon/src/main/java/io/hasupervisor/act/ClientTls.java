package io.hasupervisor.act;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * TLS towards a service that is sick anyway: any certificate will do, ours is shown if we have one.
 */
final class ClientTls {
  private static final int PEM_LIMIT = 256 * 1024;

  private ClientTls() {}

  static SSLContext trustingAnyone(Optional<Path> certificate, Optional<Path> key)
      throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    KeyManager[] keys =
        certificate.isPresent() && key.isPresent()
            ? keys(pem(certificate.get()), pem(key.get()))
            : new KeyManager[0];
    context.init(keys, new TrustManager[] {new Anyone()}, null);
    return context;
  }

  /** Links are followed: kubelet's current certificate is one. */
  private static String pem(Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) > PEM_LIMIT) {
      throw new IOException(file + " is not there, or no PEM file");
    }
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }

  private static KeyManager[] keys(String certificate, String key)
      throws IOException, GeneralSecurityException {
    Certificate[] chain =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(
                new ByteArrayInputStream(PemKey.blocks(certificate, "CERTIFICATE")))
            .toArray(new Certificate[0]);
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("client", PemKey.read(key), new char[0], chain);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, new char[0]);
    return factory.getKeyManagers();
  }

  /** Trusts whoever answers: nothing is sent that would be a secret, and nothing is believed. */
  private static final class Anyone extends X509ExtendedTrustManager {
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
