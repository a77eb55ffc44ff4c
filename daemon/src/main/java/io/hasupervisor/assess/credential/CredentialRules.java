package io.hasupervisor.assess.credential;

import static io.hasupervisor.assess.Finding.Severity.CRITICAL;
import static io.hasupervisor.assess.Finding.Severity.WARNING;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.credential.FileRules.Holds;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.observe.credential.CertificateSeen;
import io.hasupervisor.observe.credential.CredentialsSeen;
import io.hasupervisor.observe.credential.CredentialsSeen.ConfigSeen;
import io.hasupervisor.observe.credential.CredentialsSeen.SigningKeySeen;
import io.hasupervisor.observe.credential.FileSeen;
import io.hasupervisor.observe.credential.Need;
import io.hasupervisor.observe.credential.PairSeen;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that is wrong with a master's credentials. */
public final class CredentialRules {
  private final Master master;
  private final CredentialsSeen seen;
  private final Findings findings = new Findings();
  private final Cures cures;
  private final FileRules files;
  private final PairRules pairs;
  private final NameRules names;
  private final Map<Path, FileSeen<List<CertificateSeen>>> disk = new HashMap<>();

  private CredentialRules(Master master, CredentialsSeen seen) {
    this.master = master;
    this.seen = seen;
    this.cures = new Cures(master);
    this.files = new FileRules(findings, cures, seen.directory().path(), seen.user());
    Map<String, String> owners = new HashMap<>();
    for (PairSeen pair : seen.pairs()) {
      disk.put(pair.certificate().path(), pair.certificate());
      pair.certificate()
          .value()
          .ifPresent(
              chain ->
                  owners.putIfAbsent(
                      chain.getFirst().keyId(), Words.name(pair.certificate().path())));
    }
    seen.kubeletServing().forEach(file -> disk.put(file.path(), file));
    this.pairs =
        new PairRules(
            findings,
            cures,
            master.profile(),
            new Validity(findings, cures, master.credentials(), seen.at()),
            owners);
    this.names = new NameRules(findings, cures, master);
  }

  /** In the order of the files. */
  public static List<Finding> findings(Master master, CredentialsSeen seen) {
    return new CredentialRules(master, seen).check();
  }

  private List<Finding> check() {
    if (files.directory(seen.directory(), master.profile())) {
      seen.pairs().forEach(this::pair);
      seen.tables().forEach(this::table);
      seen.serviceAccounts().ifPresent(this::signingKey);
    }
    seen.kubeconfigs().forEach(this::kubeconfig);
    new ServedRules(findings, master.credentials(), disk, seen.at()).check(seen.served());
    return findings.all();
  }

  private Optional<List<CertificateSeen>> authorities(Path file) {
    return Optional.ofNullable(disk.get(file)).flatMap(FileSeen::value);
  }

  private void pair(PairSeen each) {
    files.file(each.certificate(), Holds.CERTIFICATE, each.pair().need(), each.pair().fails());
    files.file(each.key(), Holds.SECRET, each.pair().keyNeed(), keyFails(each));
    fitting(each);
    each.certificate().value().ifPresent(chain -> names.check(each.pair(), chain.getFirst()));
  }

  private static String keyFails(PairSeen each) {
    return each.pair().issuer().isPresent() ? each.pair().fails() : "signing more certificates";
  }

  private void fitting(PairSeen each) {
    pairs.check(each, each.pair().issuer().flatMap(this::authorities));
  }

  private void table(FileSeen<io.hasupervisor.observe.credential.TableSeen> table) {
    files.file(table, Holds.SECRET, Need.REQUIRED, "the start of the apiserver");
    table.value().ifPresent(rows -> new TableRules(findings).check(table.path(), rows));
  }

  private void signingKey(SigningKeySeen each) {
    String fails = "every service account's token";
    files.file(each.key(), Holds.SECRET, Need.REQUIRED, fails);
    files.file(each.publicKey(), Holds.CERTIFICATE, Need.REQUIRED, fails);
    each.key()
        .value()
        .ifPresent(
            key -> {
              if (key.key().weak()) {
                findings.add(
                    "KEY_WEAK",
                    WARNING,
                    each.key().path(),
                    Words.name(each.key().path()) + " can be broken: " + key.key(),
                    "Make another one for all masters.");
              }
              if (each.publicKey().value().filter(id -> !key.fits(id)).isPresent()) {
                findings.add(
                    "SA_KEY_MISMATCH",
                    CRITICAL,
                    each.publicKey().path(),
                    "sa.pub is not the public half of sa.key: the apiserver refuses the tokens of"
                        + " all service accounts",
                    "openssl pkey -in "
                        + each.key().path()
                        + " -pubout -out "
                        + each.publicKey().path());
              }
            });
  }

  private void kubeconfig(ConfigSeen config) {
    files.file(config.file(), Holds.KUBECONFIG, config.wanted().need(), config.wanted().fails());
    config
        .file()
        .value()
        .ifPresent(
            said -> {
              new KubeconfigRules(findings, master)
                  .check(config.wanted(), said, authorities(config.wanted().issuer()));
              said.client().ifPresent(client -> linked(config, client));
            });
  }

  /** Files that a kubeconfig names are looked at as files too; what is embedded is not. */
  private void linked(ConfigSeen config, PairSeen client) {
    if (!client.certificate().path().equals(config.file().path())
        || client.certificate().value().isEmpty()) {
      files.file(
          client.certificate(), Holds.KUBECONFIG, config.wanted().need(), config.wanted().fails());
    }
    if (!client.key().path().equals(client.certificate().path())
        || client.key().value().isEmpty()) {
      files.file(client.key(), Holds.KUBECONFIG, config.wanted().need(), config.wanted().fails());
    }
    fitting(client);
  }
}
