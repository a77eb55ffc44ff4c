package io.hasupervisor.observe.credential;

import io.hasupervisor.host.tls.PemCertificates;
import io.hasupervisor.host.tls.PemKey;
import io.hasupervisor.host.tls.PemPublicKey;
import io.hasupervisor.observe.credential.FileSeen.Content;
import io.hasupervisor.observe.credential.FileSeen.Malformed;
import io.hasupervisor.observe.credential.FileSeen.Read;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.regex.Pattern;

/** PEM text to what the JDK makes of it; what is wrong is said without quoting any of it. */
final class PemContents {
  private static final Pattern BEGIN = Pattern.compile("-----BEGIN CERTIFICATE-----");

  private PemContents() {}

  static Content<List<X509Certificate>> certificates(byte[] pem) {
    long begun = BEGIN.matcher(new String(pem, StandardCharsets.ISO_8859_1)).results().count();
    if (begun == 0) {
      return new Malformed<>("holds no certificate in PEM");
    }
    try {
      List<X509Certificate> found =
          PemCertificates.parse(pem).stream().map(X509Certificate.class::cast).toList();
      return found.size() < begun
          ? new Malformed<>("holds a certificate that is cut off or garbled")
          : new Read<>(found);
    } catch (GeneralSecurityException e) {
      return new Malformed<>("holds a certificate that is garbled");
    }
  }

  static Content<PrivateKey> key(byte[] pem) {
    try {
      return new Read<>(PemKey.parse(pem));
    } catch (GeneralSecurityException e) {
      return new Malformed<>("holds no usable private key: " + e.getMessage());
    }
  }

  static Content<PublicKey> publicKey(byte[] pem) {
    try {
      return new Read<>(PemPublicKey.parse(pem));
    } catch (GeneralSecurityException e) {
      return new Malformed<>("holds no usable public key: " + e.getMessage());
    }
  }
}
