package io.hasupervisor.observe.balancer;

import io.hasupervisor.act.credential.Forge;
import io.hasupervisor.cluster.Cluster;
import io.hasupervisor.cluster.CredentialSettings;
import io.hasupervisor.cluster.KubeletSettings;
import io.hasupervisor.cluster.ManifestSettings;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.Profile;
import io.hasupervisor.host.tls.ClientKeys;
import io.hasupervisor.host.tls.PemCertificates;
import io.hasupervisor.host.tls.PemKey;
import io.hasupervisor.observe.FakeServer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** An authority, what it signs, servers that show it, and a master that trusts it. */
final class FakeBalancer {
  private final Path directory;
  private final Forge authority = dated(Forge.bySelf("CN=ca").authority(1), -1, 30);

  FakeBalancer(Path directory) throws IOException {
    this.directory = directory;
    Files.write(directory.resolve("ca.crt"), authority.certificatePem());
  }

  static Forge dated(Forge forge, int fromDays, int untilDays) {
    return forge.valid(Duration.ofDays(fromDays), Duration.ofDays(untilDays));
  }

  /** One that is well for this name, unless changed. */
  Forge signed(String name) {
    return dated(authority.signs().subject("CN=" + name), -1, 30)
        .names(List.of("127.0.0.1"))
        .server();
  }

  static FakeServer serve(Forge shown, FakeServer.Session session)
      throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        ClientKeys.of(PemCertificates.parse(shown.certificatePem()), PemKey.parse(shown.keyPem())),
        null,
        null);
    return FakeServer.over(
        context
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
        session);
  }

  Master master(String host, int port) {
    return Master.watched(
        Profile.MODERN,
        new Master.Node("m1", "10.0.0.1"),
        new Cluster(
            "c",
            Map.of("m1", "10.0.0.1"),
            Optional.of(new Cluster.LoadBalancer(host, port)),
            "10.96.0.0/16",
            "10.244.0.0/16",
            "cluster.local",
            new Cluster.Etcd(
                Path.of("/var/lib/etcd"), Optional.empty(), false, "t", Optional.empty(), false)),
        new ManifestSettings(
            Path.of("/etc/kubernetes/manifests"),
            List.of(),
            false,
            false,
            Path.of("/var/run/docker.sock")),
        new CredentialSettings(directory, Duration.ofDays(30), Duration.ofDays(7)),
        new KubeletSettings(Path.of("/var/lib/kubelet/config.yaml")));
  }
}
