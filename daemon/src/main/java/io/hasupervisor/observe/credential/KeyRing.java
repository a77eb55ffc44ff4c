package io.hasupervisor.observe.credential;

import io.hasupervisor.cluster.Addresses;
import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.yaml.Quote;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All that was read in one look, so that each certificate can be tried with each authority, and
 * each key with each certificate.
 */
final class KeyRing {
  private static final byte[] PROBE = "which key is this?".getBytes(StandardCharsets.US_ASCII);
  private static final int KEY_CERT_SIGN = 5;
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  private final List<X509Certificate> certificates = new ArrayList<>();
  private final Map<String, PublicKey> publicKeys = new LinkedHashMap<>();

  void add(List<X509Certificate> more) {
    certificates.addAll(more);
    more.forEach(certificate -> add(certificate.getPublicKey()));
  }

  void add(PublicKey key) {
    publicKeys.put(id(key), key);
  }

  static String id(PublicKey key) {
    return Manifest.sha256(key.getEncoded());
  }

  List<CertificateSeen> seen(List<X509Certificate> chain) {
    return chain.stream().map(this::seen).toList();
  }

  private CertificateSeen seen(X509Certificate certificate) {
    int pathLength = certificate.getBasicConstraints();
    return new CertificateSeen(
        Quote.bare(certificate.getSubjectX500Principal().getName()),
        Quote.bare(certificate.getIssuerX500Principal().getName()),
        fingerprint(certificate),
        id(certificate.getPublicKey()),
        certificate.getNotBefore().toInstant(),
        certificate.getNotAfter().toInstant(),
        KeyStrength.of(certificate.getPublicKey()),
        certificate.getSigAlgName(),
        pathLength >= 0 && maySign(certificate),
        Math.max(0, pathLength),
        signers(certificate),
        usages(certificate),
        names(certificate));
  }

  private static String fingerprint(X509Certificate certificate) {
    try {
      return Manifest.sha256(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("it was decoded from this encoding", e);
    }
  }

  private static boolean maySign(X509Certificate certificate) {
    boolean[] usage = certificate.getKeyUsage();
    return usage == null || usage[KEY_CERT_SIGN];
  }

  private Set<String> signers(X509Certificate certificate) {
    Set<String> signers = new HashSet<>();
    for (X509Certificate candidate : certificates) {
      PublicKey key = candidate.getPublicKey();
      if (candidate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())
          && !signers.contains(id(key))
          && signed(certificate, key)) {
        signers.add(id(key));
      }
    }
    return signers;
  }

  private static boolean signed(X509Certificate certificate, PublicKey by) {
    try {
      certificate.verify(by);
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static Set<String> usages(X509Certificate certificate) {
    try {
      List<String> usages = certificate.getExtendedKeyUsage();
      return usages == null ? Set.of() : Set.copyOf(usages);
    } catch (CertificateParsingException e) {
      return Set.of("malformed");
    }
  }

  private static Set<String> names(X509Certificate certificate) {
    Set<String> names = new HashSet<>();
    try {
      Collection<List<?>> all = certificate.getSubjectAlternativeNames();
      for (List<?> name : all == null ? List.<List<?>>of() : all) {
        if (name.get(0) instanceof Integer type && (type == DNS_NAME || type == IP_ADDRESS)) {
          names.add(Addresses.canonical(String.valueOf(name.get(1))));
        }
      }
    } catch (CertificateParsingException e) {
      // Whoever verifies it finds no name either.
    }
    return names;
  }

  /** The likely ones are tried first: a trial costs a millisecond or two. */
  KeySeen seen(PrivateKey key, Stream<PublicKey> likely) {
    return new KeySeen(
        KeyStrength.of(key),
        signature(key)
            .flatMap(
                signature ->
                    Stream.concat(likely, publicKeys.values().stream())
                        .filter(candidate -> verifies(candidate, key.getAlgorithm(), signature))
                        .findFirst())
            .map(KeyRing::id));
  }

  /** Empty for a key that cannot sign, and so fits nothing. */
  private static Optional<byte[]> signature(PrivateKey key) {
    try {
      Signature signing = Signature.getInstance(algorithm(key.getAlgorithm()));
      signing.initSign(key);
      signing.update(PROBE);
      return Optional.of(signing.sign());
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static boolean verifies(PublicKey candidate, String algorithm, byte[] signature) {
    try {
      if (!candidate.getAlgorithm().equals(algorithm)) {
        return false;
      }
      Signature verifying = Signature.getInstance(algorithm(algorithm));
      verifying.initVerify(candidate);
      verifying.update(PROBE);
      return verifying.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String algorithm(String key) {
    return switch (key) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key;
    };
  }
}
