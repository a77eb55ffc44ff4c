package io.hasupervisor.act.credential;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.util.io.pem.PemGenerationException;

/** A certificate that we made, with its key. */
record Issued(X509Certificate certificate, KeyPair keys) {

  String certificatePem() {
    return pem(certificate);
  }

  String keyPem() {
    return keyPem(keys.getPrivate());
  }

  /**
   * RSA in PKCS#1, as kubeadm writes it and the oldest versions read it; else PKCS#8, as Bouncy
   * Castle leaves the curve out of SEC1.
   */
  static String keyPem(PrivateKey key) {
    try {
      return pem(key.getAlgorithm().equals("RSA") ? key : new JcaPKCS8Generator(key, null));
    } catch (PemGenerationException e) {
      throw new IllegalStateException("only an encrypted key can fail", e);
    }
  }

  static String pem(Object object) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    } catch (IOException e) {
      throw new UncheckedIOException("nothing is written but memory", e);
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return certificate.getSubjectX500Principal().getName();
  }
}
