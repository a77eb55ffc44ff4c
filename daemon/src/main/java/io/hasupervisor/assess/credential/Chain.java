package io.hasupervisor.assess.credential;

import io.hasupervisor.observe.credential.CertificateSeen;
import java.util.List;
import java.util.Optional;

/** Whether a certificate leads to an authority (RFC 5280, section 6), dates left aside. */
final class Chain {
  private static final int LONGEST = 8;

  private Chain() {}

  /** What is wrong with it: a stable code, and words that begin behind the certificate's name. */
  record Fault(String code, String text) {}

  /**
   * Empty where it is well.
   *
   * @param chain the certificate, then intermediate ones in any order
   */
  static Optional<Fault> fault(List<CertificateSeen> chain, List<CertificateSeen> authorities) {
    CertificateSeen below = chain.getFirst();
    for (int depth = 0; depth < LONGEST; depth++) {
      Optional<CertificateSeen> anchor = signer(below, authorities);
      Optional<CertificateSeen> next = anchor.isPresent() ? anchor : signerAmong(below, chain);
      if (next.isEmpty()) {
        break;
      }
      Optional<Fault> fault = may(next.get(), depth);
      if (fault.isPresent() || anchor.isPresent()) {
        return fault;
      }
      below = next.get();
    }
    return Optional.of(stranger(chain.getFirst(), authorities));
  }

  private static Optional<CertificateSeen> signerAmong(
      CertificateSeen below, List<CertificateSeen> chain) {
    return signer(below, chain.subList(1, chain.size()));
  }

  private static Optional<CertificateSeen> signer(
      CertificateSeen below, List<CertificateSeen> candidates) {
    return candidates.stream()
        .filter(candidate -> below.signers().contains(candidate.keyId()))
        .filter(candidate -> !candidate.fingerprint().equals(below.fingerprint()))
        .findFirst();
  }

  private static Optional<Fault> may(CertificateSeen signer, int depth) {
    if (!signer.authority()) {
      return Optional.of(
          new Fault(
              "NOT_A_CA",
              "was signed by " + signer.subject() + ", a certificate that may sign none"));
    }
    return signer.pathLength() < depth
        ? Optional.of(
            new Fault(
                "PATH_LENGTH",
                "leads to "
                    + signer.subject()
                    + " over more authorities than that one allows ("
                    + signer.pathLength()
                    + ")"))
        : Optional.empty();
  }

  private static Fault stranger(CertificateSeen leaf, List<CertificateSeen> authorities) {
    if (leaf.selfSigned()) {
      return new Fault("SELF_SIGNED", "signed itself");
    }
    boolean namesake =
        authorities.stream().anyMatch(authority -> authority.subject().equals(leaf.issuer()));
    return new Fault(
        "WRONG_CA",
        namesake
            ? "was signed by another authority of the same name, " + leaf.issuer()
            : "was signed by " + leaf.issuer());
  }
}
