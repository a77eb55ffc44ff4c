package io.hasupervisor.act.credential;

import io.hasupervisor.cluster.Addresses;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/**
 * Whom a certificate is for.
 *
 * @param organization Kubernetes takes it for the user's group
 * @param names alternative names: DNS names and IP addresses
 */
record Subject(
    String commonName, Optional<String> organization, Set<String> names, Set<Purpose> purposes) {

  /** What it may be shown as. */
  enum Purpose {
    SERVER,
    CLIENT;

    private KeyPurposeId id() {
      return switch (this) {
        case SERVER -> KeyPurposeId.id_kp_serverAuth;
        case CLIENT -> KeyPurposeId.id_kp_clientAuth;
      };
    }
  }

  static Subject server(String commonName, List<String> names, Purpose... purposes) {
    return new Subject(commonName, Optional.empty(), new LinkedHashSet<>(names), Set.of(purposes));
  }

  static Subject client(String commonName, String... organization) {
    return new Subject(
        commonName, List.of(organization).stream().findFirst(), Set.of(), Set.of(Purpose.CLIENT));
  }

  X500Name name() {
    X500NameBuilder name = new X500NameBuilder();
    organization.ifPresent(group -> name.addRDN(BCStyle.O, group));
    return name.addRDN(BCStyle.CN, commonName).build();
  }

  Optional<GeneralNames> alternatives() {
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new GeneralNames(
                names.stream()
                    .map(
                        name ->
                            new GeneralName(
                                Addresses.isAddress(name)
                                    ? GeneralName.iPAddress
                                    : GeneralName.dNSName,
                                name))
                    .toArray(GeneralName[]::new)));
  }

  ExtendedKeyUsage usage() {
    return new ExtendedKeyUsage(
        purposes.stream().sorted().map(Purpose::id).toArray(KeyPurposeId[]::new));
  }
}
