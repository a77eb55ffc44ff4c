package io.hasupervisor.assess.credential;

import static io.hasupervisor.assess.Finding.Severity.CRITICAL;
import static io.hasupervisor.assess.Finding.Severity.WARNING;

import io.hasupervisor.cluster.Profile;
import io.hasupervisor.observe.credential.CertificateSeen;
import io.hasupervisor.observe.credential.KeySeen;
import io.hasupervisor.observe.credential.Pair;
import io.hasupervisor.observe.credential.PairSeen;
import io.hasupervisor.observe.credential.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A certificate, its key and its authority.
 *
 * @param owners names of certificate files by key id
 */
record PairRules(
    Findings findings,
    Cures cures,
    Profile profile,
    Validity validity,
    Map<String, String> owners) {
  private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
  private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
  private static final String ANY = "2.5.29.37.0";

  /**
   * All of it.
   *
   * @param authorities of which one must have signed it; empty where they are not known
   */
  void check(PairSeen seen, Optional<List<CertificateSeen>> authorities) {
    Pair pair = seen.pair();
    Optional<List<CertificateSeen>> chain = seen.certificate().value();
    chain.ifPresent(
        certificates -> {
          validity.check(pair, certificates);
          CertificateSeen own = certificates.getFirst();
          strength(pair, own);
          if (pair.role() == Role.CA) {
            authority(pair, certificates);
          } else {
            authorities.ifPresent(known -> signed(pair, certificates, known));
            usage(pair, own);
          }
          seen.key().value().ifPresent(key -> fits(pair, certificates, key));
        });
  }

  private void strength(Pair pair, CertificateSeen own) {
    String name = Words.name(pair.certificate());
    if (own.key().weak()) {
      findings.add(
          "KEY_WEAK",
          WARNING,
          pair.certificate(),
          name + " has a key that can be broken: " + own.key(),
          cures.renew(pair));
    }
    String signature = own.signature().toUpperCase(java.util.Locale.ROOT);
    if (!own.selfSigned() && (signature.startsWith("SHA1") || signature.startsWith("MD"))) {
      findings.add(
          "SIGNATURE_WEAK",
          profile == Profile.MODERN ? CRITICAL : WARNING,
          pair.certificate(),
          name + " was signed by " + own.signature() + ", which clients of today refuse",
          cures.renew(pair));
    }
  }

  private void authority(Pair pair, List<CertificateSeen> certificates) {
    if (certificates.stream().noneMatch(CertificateSeen::authority)) {
      findings.add(
          "NOT_A_CA",
          CRITICAL,
          pair.certificate(),
          Words.name(pair.certificate())
              + " is no authority (basic constraints or key usage): nothing that it signed is"
              + " accepted",
          "Put the authority's certificate there.");
    }
  }

  private void signed(Pair pair, List<CertificateSeen> chain, List<CertificateSeen> authorities) {
    String issuer = pair.issuer().map(Words::name).orElse("the authority");
    Chain.fault(chain, authorities)
        .ifPresent(
            fault ->
                findings.add(
                    fault.code(),
                    CRITICAL,
                    pair.certificate(),
                    Words.name(pair.certificate())
                        + " "
                        + fault.text()
                        + " and is not accepted by whoever trusts "
                        + issuer
                        + ": "
                        + pair.fails()
                        + " fails",
                    cures.renew(pair)));
  }

  private void usage(Pair pair, CertificateSeen own) {
    List<String> missing = new ArrayList<>();
    boolean server = pair.role() != Role.CLIENT;
    boolean client = pair.role() != Role.APISERVER;
    if (server && !own.usages().contains(SERVER_AUTH)) {
      missing.add("serverAuth");
    }
    if (client && !own.usages().contains(CLIENT_AUTH)) {
      missing.add("clientAuth");
    }
    if (missing.isEmpty() || own.usages().isEmpty() || own.usages().contains(ANY)) {
      return;
    }
    boolean gateway = pair.role() == Role.ETCD_SERVER && missing.equals(List.of("clientAuth"));
    findings.add(
        "EKU_MISSING",
        CRITICAL,
        pair.certificate(),
        Words.name(pair.certificate())
            + " lacks the extended key usage "
            + Words.list(missing)
            + ": "
            + (gateway
                ? "etcd's JSON gateway shows it to etcd as a client and is refused, while etcdctl"
                    + " works"
                : pair.fails() + " fails"),
        cures.renew(pair));
  }

  private void fits(Pair pair, List<CertificateSeen> chain, KeySeen key) {
    boolean fits =
        pair.role() == Role.CA
            ? chain.stream().anyMatch(certificate -> key.fits(certificate.keyId()))
            : key.fits(chain.getFirst().keyId());
    if (!fits) {
      String owner =
          key.fits()
              .filter(owners::containsKey)
              .map(id -> "; it is that of " + owners.get(id))
              .orElse("");
      findings.add(
          "KEY_MISMATCH",
          CRITICAL,
          pair.key(),
          Words.name(pair.key())
              + " is not the key of "
              + Words.name(pair.certificate())
              + owner
              + ": "
              + pair.fails()
              + " fails",
          "Put the two that belong together there, or " + lowerFirst(cures.renew(pair)));
    }
  }

  private static String lowerFirst(String sentence) {
    return Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
  }
}
