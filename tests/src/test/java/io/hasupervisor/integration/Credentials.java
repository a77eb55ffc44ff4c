package io.hasupervisor.integration;

import io.hasupervisor.act.credential.CredentialSet;
import io.hasupervisor.cluster.EtcdSettings.Tls;
import io.hasupervisor.cluster.Master;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What {@code credentials create} makes, on disk: a directory for each master, laid out as
 * kubeadm's {@code pki}.
 *
 * @param directory holds one directory for each master
 */
record Credentials(Path directory) {
  private static final Duration DAY = Duration.ofDays(1);

  /** Of all masters, made so long ago, and good for a day from then on. */
  static Credentials create(Path directory, Master master, Duration ago)
      throws IOException, GeneralSecurityException {
    CredentialSet set =
        CredentialSet.create(
            master, new CredentialSet.Lives(Instant.now().minus(ago), DAY, DAY.multipliedBy(3650)));
    for (var files : set.masters().entrySet()) {
      for (CredentialSet.Content file : files.getValue()) {
        // Kubeconfigs lie beside pki, and no etcd reads them.
        if (file.path().startsWith(master.credentials().directory())) {
          Path target =
              directory
                  .resolve(files.getKey())
                  .resolve(master.credentials().directory().relativize(file.path()));
          Files.createDirectories(target.resolveSibling("."));
          Files.write(target, file.bytes());
        }
      }
    }
    return new Credentials(directory);
  }

  /** A file of a master. */
  Path of(String master, String file) {
    return directory.resolve(master).resolve(file);
  }

  /** By which a master's daemon asks etcd. */
  Tls client(String master) {
    return new Tls(
        of(master, "etcd/ca.crt"),
        of(master, "apiserver-etcd-client.crt"),
        of(master, "apiserver-etcd-client.key"));
  }

  /** Flags of a member that wants certificates of its clients and peers. */
  List<String> flags(String master) {
    return List.of(
        "--cert-file=" + of(master, "etcd/server.crt"),
        "--key-file=" + of(master, "etcd/server.key"),
        "--trusted-ca-file=" + of(master, "etcd/ca.crt"),
        "--client-cert-auth=true",
        "--peer-cert-file=" + of(master, "etcd/peer.crt"),
        "--peer-key-file=" + of(master, "etcd/peer.key"),
        "--peer-trusted-ca-file=" + of(master, "etcd/ca.crt"),
        "--peer-client-cert-auth=true");
  }

  /** A member's clients are trusted by the other authority too. */
  void trustAlso(String master, Credentials other) throws IOException {
    Path ca = of(master, "etcd/ca.crt");
    Files.writeString(ca, Files.readString(ca) + Files.readString(other.of(master, "etcd/ca.crt")));
  }

  /** Signs a member's server certificate anew, for servers only: kubeadm's of before 1.19. */
  void serverOnly(String master) throws IOException, InterruptedException {
    Path server = of(master, "etcd/server.crt");
    Path key = of(master, "etcd/server.key");
    Path request = server.resolveSibling("server.csr");
    Path extensions = server.resolveSibling("server.ext");
    Files.writeString(
        extensions,
        """
        extendedKeyUsage = serverAuth
        keyUsage = critical, digitalSignature
        subjectAltName = DNS:localhost, IP:127.0.0.1
        """);
    Command.run("openssl", "req", "-new", "-key", key, "-subj", "/CN=" + master, "-out", request);
    Command.run(
        "openssl",
        "x509",
        "-req",
        "-in",
        request,
        "-days",
        "30",
        "-extfile",
        extensions,
        "-CA",
        of(master, "etcd/ca.crt"),
        "-CAkey",
        of(master, "etcd/ca.key"),
        "-CAcreateserial",
        "-out",
        server);
  }
}
