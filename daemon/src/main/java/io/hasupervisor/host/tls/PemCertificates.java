package io.hasupervisor.host.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The certificates in a PEM text, which may hold a key too, as the kubelet's current client file
 * does.
 */
public final class PemCertificates {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----");

  private PemCertificates() {}

  /**
   * All of them, in their order; none is no error.
   *
   * @throws CertificateException when one is malformed
   */
  public static List<Certificate> parse(byte[] pem) throws CertificateException {
    StringBuilder blocks = new StringBuilder();
    BLOCK
        .matcher(new String(pem, StandardCharsets.ISO_8859_1))
        .results()
        .forEach(block -> blocks.append(block.group()).append('\n'));
    byte[] certificates = blocks.toString().getBytes(StandardCharsets.ISO_8859_1);
    return certificates.length == 0
        ? List.of()
        : List.copyOf(
            CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(certificates)));
  }
}
