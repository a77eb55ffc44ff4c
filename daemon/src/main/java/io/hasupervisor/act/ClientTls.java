package io.hasupervisor.act;

import io.hasupervisor.host.tls.ClientKeys;
import io.hasupervisor.host.tls.PemCertificates;
import io.hasupervisor.host.tls.PemKey;
import io.hasupervisor.host.tls.TrustAll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

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
            ? ClientKeys.of(
                PemCertificates.parse(pem(certificate.get())), PemKey.parse(pem(key.get())))
            : new KeyManager[0];
    context.init(keys, new TrustManager[] {new TrustAll()}, null);
    return context;
  }

  /** Links are followed: kubelet's current certificate is one. */
  private static byte[] pem(Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) > PEM_LIMIT) {
      throw new IOException(file + " is not there, or no PEM file");
    }
    return Files.readAllBytes(file);
  }
}
