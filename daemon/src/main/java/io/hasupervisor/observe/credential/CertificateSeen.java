package io.hasupervisor.observe.credential;

import java.time.Instant;
import java.util.Set;

/**
 * One certificate.
 *
 * @param fingerprint SHA-256 of all of it, in lower-case hexadecimal
 * @param keyId SHA-256 of its public key, in lower-case hexadecimal
 * @param signature name of the algorithm by which it was signed, such as {@code SHA256withRSA}
 * @param authority whether it may sign others: basic constraints and key usage allow it
 * @param pathLength how many authorities may stand between it and a leaf
 * @param signers keys of those certificates seen with it whose signature it verifiably bears; its
 *     own, where it signed itself
 * @param usages OIDs of the extended key usage; empty: any
 * @param names alternative names; IP addresses in their one form, names in lower case
 */
public record CertificateSeen(
    String subject,
    String issuer,
    String fingerprint,
    String keyId,
    Instant notBefore,
    Instant notAfter,
    KeyStrength key,
    String signature,
    boolean authority,
    int pathLength,
    Set<String> signers,
    Set<String> usages,
    Set<String> names) {

  public CertificateSeen {
    signers = Set.copyOf(signers);
    usages = Set.copyOf(usages);
    names = Set.copyOf(names);
  }

  /** Whether it signed itself. */
  public boolean selfSigned() {
    return signers.contains(keyId);
  }
}
