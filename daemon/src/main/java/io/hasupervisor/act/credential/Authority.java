package io.hasupervisor.act.credential;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority; what it signs has keys of its own kind. */
record Authority(Issued own, KeyKind kind) {
  private static final int SERIAL_BITS = 127;

  /** Hosts whose clocks are behind accept a new certificate at once. */
  private static final Duration SKEW = Duration.ofHours(1);

  /** A new one that signs itself. */
  static Authority create(String name, KeyKind kind, Instant now, Duration life)
      throws GeneralSecurityException {
    Subject subject = Subject.client(name);
    KeyPair keys = kind.newKeys();
    X509v3CertificateBuilder builder = builder(subject.name(), subject.name(), keys, now, life);
    try {
      builder
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
          .addExtension(Extension.keyUsage, true, new KeyUsage(kind.usage() | KeyUsage.keyCertSign))
          .addExtension(
              Extension.subjectKeyIdentifier,
              false,
              new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
    } catch (CertIOException e) {
      throw new GeneralSecurityException(e);
    }
    return new Authority(new Issued(signed(builder, kind, keys), keys), kind);
  }

  /** A new key and its certificate. */
  Issued issue(Subject subject, Instant now, Duration life) throws GeneralSecurityException {
    KeyPair keys = kind.newKeys();
    X500Name issuer =
        X500Name.getInstance(own.certificate().getSubjectX500Principal().getEncoded());
    X509v3CertificateBuilder builder = builder(issuer, subject.name(), keys, now, life);
    try {
      JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
      builder
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
          .addExtension(Extension.keyUsage, true, new KeyUsage(kind.usage()))
          .addExtension(Extension.extendedKeyUsage, false, subject.usage())
          .addExtension(
              Extension.authorityKeyIdentifier,
              false,
              extensions.createAuthorityKeyIdentifier(own.keys().getPublic()));
      if (subject.alternatives().isPresent()) {
        builder.addExtension(Extension.subjectAlternativeName, false, subject.alternatives().get());
      }
    } catch (CertIOException e) {
      throw new GeneralSecurityException(e);
    }
    return new Issued(signed(builder, kind, own.keys()), keys);
  }

  private static X509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, KeyPair keys, Instant now, Duration life) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(0),
        Date.from(now.minus(SKEW)),
        Date.from(now.plus(life)),
        subject,
        keys.getPublic());
  }

  private static X509Certificate signed(X509v3CertificateBuilder builder, KeyKind kind, KeyPair by)
      throws GeneralSecurityException {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(new JcaContentSignerBuilder(kind.signature()).build(by.getPrivate())));
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }
}
