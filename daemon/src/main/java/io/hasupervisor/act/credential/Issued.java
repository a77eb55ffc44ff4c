package io.hasupervisor.act.credential;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;

/** A certificate that we made, with its key. */
record Issued(X509Certificate certificate, KeyPair keys) {

  byte[] certificatePem() {
    return pem(certificate);
  }

  /** In PKCS#1, as kubeadm writes it: every version of every component reads that. */
  byte[] keyPem() {
    return pem(keys.getPrivate());
  }

  static byte[] pem(Object object) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    } catch (IOException e) {
      throw new UncheckedIOException("nothing is written but memory", e);
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public String toString() {
    return certificate.getSubjectX500Principal().getName();
  }
}
