package io.hasupervisor.act.credential;

import io.hasupervisor.host.tls.PemCertificates;
import io.hasupervisor.host.tls.PemKey;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes certificates that nobody should have, with keys of EC unless told otherwise. */
public final class Forge {
  private final X500Name issuer;
  private final Optional<PrivateKey> signer;
  private String subject = "CN=forged";
  private KeyPair keys = keys("EC", 256);
  private String signature = "SHA256with";
  private Instant from = MadeSet.NOW.minus(Duration.ofDays(300));
  private Instant until = MadeSet.NOW.plus(Duration.ofDays(300));
  private List<String> names = List.of();
  private Set<Subject.Purpose> purposes = Set.of();
  private OptionalInt pathLength = OptionalInt.empty();

  private Forge(X500Name issuer, Optional<PrivateKey> signer) {
    this.issuer = issuer;
    this.signer = signer;
  }

  static Forge by(byte[] certificate, byte[] key) {
    try {
      X509Certificate ca = (X509Certificate) PemCertificates.parse(certificate).getFirst();
      return new Forge(
          X500Name.getInstance(ca.getSubjectX500Principal().getEncoded()),
          Optional.of(PemKey.parse(key)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Signs with a key of its own under this name, which is the subject's too. */
  public static Forge bySelf(String name) {
    return new Forge(new X500Name(name), Optional.empty()).subject(name);
  }

  /** Signs with a key of nobody's under this name. */
  public static Forge byStranger(String name) {
    return new Forge(new X500Name(name), Optional.of(keys("EC", 256).getPrivate()));
  }

  /** Signs with the key of what this one makes. */
  public Forge signs() {
    return new Forge(new X500Name(subject), Optional.of(keys.getPrivate()));
  }

  public Forge subject(String name) {
    subject = name;
    return this;
  }

  public Forge key(String algorithm, int bits) {
    keys = keys(algorithm, bits);
    return this;
  }

  public Forge signature(String digest) {
    signature = digest + "with";
    return this;
  }

  public Forge valid(Duration sinceNow, Duration untilFromNow) {
    from = MadeSet.NOW.plus(sinceNow);
    until = MadeSet.NOW.plus(untilFromNow);
    return this;
  }

  public Forge names(List<String> all) {
    names = List.copyOf(all);
    return this;
  }

  public Forge server() {
    purposes = Set.of(Subject.Purpose.SERVER);
    return this;
  }

  public Forge client() {
    purposes = Set.of(Subject.Purpose.CLIENT);
    return this;
  }

  public Forge both() {
    purposes = Set.of(Subject.Purpose.SERVER, Subject.Purpose.CLIENT);
    return this;
  }

  public Forge authority(int length) {
    pathLength = OptionalInt.of(length);
    return this;
  }

  public X509Certificate certificate() {
    PrivateKey by = signer.orElse(keys.getPrivate());
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            issuer,
            BigInteger.valueOf(System.nanoTime()),
            Date.from(from),
            Date.from(until),
            new X500Name(subject),
            keys.getPublic());
    Subject asked = new Subject("unused", Optional.empty(), new LinkedHashSet<>(names), purposes);
    try {
      if (pathLength.isPresent()) {
        builder.addExtension(
            Extension.basicConstraints, true, new BasicConstraints(pathLength.getAsInt()));
      }
      if (!purposes.isEmpty()) {
        builder.addExtension(Extension.extendedKeyUsage, false, asked.usage());
      }
      if (asked.alternatives().isPresent()) {
        builder.addExtension(Extension.subjectAlternativeName, false, asked.alternatives().get());
      }
      String algorithm = signature + (by.getAlgorithm().equals("EC") ? "ECDSA" : "RSA");
      return new JcaX509CertificateConverter()
          .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(by)));
    } catch (IOException | OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public byte[] certificatePem() {
    return Issued.pem(certificate()).getBytes(StandardCharsets.US_ASCII);
  }

  public byte[] keyPem() {
    return Issued.keyPem(keys.getPrivate()).getBytes(StandardCharsets.US_ASCII);
  }

  /** Over what is there, whose modes stay. */
  public void over(Path certificate, Path key) throws IOException {
    Files.write(certificate, certificatePem());
    Files.write(key, keyPem());
  }

  private static KeyPair keys(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
