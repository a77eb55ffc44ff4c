package io.hasupervisor.observe.credential;

import io.hasupervisor.observe.credential.CredentialsSeen.ConfigSeen;
import io.hasupervisor.observe.credential.CredentialsSeen.SigningKeySeen;
import io.hasupervisor.observe.credential.KubeconfigReader.Contents;
import io.hasupervisor.observe.credential.Layout.Kubeconfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads all credentials of a master: first every file, then how they fit together. */
public final class CredentialReader {
  private final Layout layout;
  private final Path root;
  private final KeyRing ring = new KeyRing();

  private CredentialReader(Layout layout, Path root) {
    this.layout = layout;
    this.root = root;
  }

  private record RawPair(
      Pair pair, FileSeen<List<X509Certificate>> certificate, FileSeen<PrivateKey> key) {}

  private record RawConfig(
      Kubeconfig wanted,
      FileSeen<Contents> file,
      Optional<FileSeen<List<X509Certificate>>> authorities,
      Optional<RawPair> client) {}

  /**
   * One look.
   *
   * @param root what stands for {@code /}
   * @param shown what servers showed meanwhile
   */
  public static CredentialsSeen read(Layout layout, Path root, List<Shown> shown, Instant at) {
    return new CredentialReader(layout, root).read(shown, at);
  }

  private CredentialsSeen read(List<Shown> shown, Instant at) {
    List<RawPair> pairs = layout.pairs().stream().map(this::pair).toList();
    List<RawConfig> configs = layout.kubeconfigs().stream().map(this::config).toList();
    Optional<FileSeen<PrivateKey>> signing =
        layout.serviceAccounts().map(sa -> BoundedFile.read(sa.key()).then(PemContents::key));
    Optional<FileSeen<PublicKey>> verifying =
        layout.serviceAccounts().map(sa -> publicKey(sa.publicKey()));
    List<FileSeen<List<X509Certificate>>> kubelet =
        layout.kubeletServing().stream().map(this::certificates).toList();
    shown.forEach(each -> ring.add(each.chain()));
    return new CredentialsSeen(
        at,
        user(),
        BoundedFile.directory(layout.directory()),
        pairs.stream().map(this::seen).toList(),
        layout.tables().stream()
            .map(file -> BoundedFile.read(file).map(TableReader::read))
            .toList(),
        signing.flatMap(
            key ->
                verifying.map(
                    pub ->
                        new SigningKeySeen(
                            key.map(it -> ring.seen(it, pub.value().stream())),
                            pub.map(KeyRing::id)))),
        configs.stream().map(this::seen).toList(),
        kubelet.stream().map(file -> file.map(ring::seen)).toList(),
        shown.stream().map(each -> each.seen(ring)).toList());
  }

  private FileSeen<List<X509Certificate>> certificates(Path file) {
    return certificates(BoundedFile.read(file));
  }

  private FileSeen<List<X509Certificate>> certificates(FileSeen<byte[]> file) {
    FileSeen<List<X509Certificate>> read = file.then(PemContents::certificates);
    read.value().ifPresent(ring::add);
    return read;
  }

  private FileSeen<PublicKey> publicKey(Path file) {
    FileSeen<PublicKey> read = BoundedFile.read(file).then(PemContents::publicKey);
    read.value().ifPresent(ring::add);
    return read;
  }

  private RawPair pair(Pair pair) {
    return new RawPair(
        pair,
        certificates(pair.certificate()),
        BoundedFile.read(pair.key()).then(PemContents::key));
  }

  private RawConfig config(Kubeconfig wanted) {
    FileSeen<Contents> file = new KubeconfigReader(root, BoundedFile.read(wanted.file())).read();
    Optional<Contents> contents = file.value();
    return new RawConfig(
        wanted,
        file,
        contents.flatMap(Contents::authorities).map(this::certificates),
        contents.flatMap(said -> client(wanted, said)));
  }

  /** A certificate without a key, and a key without a certificate, are shown by nobody. */
  private Optional<RawPair> client(Kubeconfig wanted, Contents said) {
    if (said.certificate().isEmpty() || said.key().isEmpty()) {
      return Optional.empty();
    }
    FileSeen<List<X509Certificate>> certificate = certificates(said.certificate().get());
    FileSeen<PrivateKey> key = said.key().get().then(PemContents::key);
    Pair pair =
        new Pair(
            Role.CLIENT,
            certificate.path(),
            key.path(),
            Optional.of(wanted.issuer()),
            wanted.need(),
            wanted.need(),
            wanted.fails());
    return Optional.of(new RawPair(pair, certificate, key));
  }

  private PairSeen seen(RawPair raw) {
    List<X509Certificate> chain = raw.certificate().value().orElse(List.of());
    return new PairSeen(
        raw.pair(),
        raw.certificate().map(ring::seen),
        raw.key().map(key -> ring.seen(key, chain.stream().map(X509Certificate::getPublicKey))));
  }

  private ConfigSeen seen(RawConfig raw) {
    return new ConfigSeen(
        raw.wanted(),
        raw.file()
            .map(
                said ->
                    new KubeconfigSeen(
                        said.server(),
                        said.host(),
                        said.verifies(),
                        raw.authorities().map(file -> file.map(ring::seen)),
                        raw.client().map(this::seen))));
  }

  private static long user() {
    try {
      return ((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid")).longValue();
    } catch (IOException e) {
      return 0;
    }
  }
}
