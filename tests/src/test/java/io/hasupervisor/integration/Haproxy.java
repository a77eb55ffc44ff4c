package io.hasupervisor.integration;

import io.hasupervisor.cluster.ApiserverSettings;
import io.hasupervisor.cluster.Cluster;
import io.hasupervisor.cluster.CredentialSettings;
import io.hasupervisor.cluster.KubeletSettings;
import io.hasupervisor.cluster.ManifestSettings;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.Profile;
import io.hasupervisor.decide.manifest.BalancerFiles;
import io.hasupervisor.observe.manifest.Template;
import java.io.IOException;
import java.net.NetworkInterface;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A real haproxy with the shipped configuration, before masters on loopback addresses. */
final class Haproxy implements AutoCloseable {
  private static final Path TEMPLATES = Path.of("../config/manifests/balancer");

  private final Process process;
  private final Path log;
  final int port;

  private Haproxy(Process process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.port = port;
  }

  /** Two masters, m1 and m2, on 127.0.0.2 and 127.0.0.3, and what balances to them. */
  static Master master(Path directory, int apiservers, int balancer) {
    Map<String, String> masters = new LinkedHashMap<>();
    masters.put("m1", "127.0.0.2");
    masters.put("m2", "127.0.0.3");
    Path pki = directory.resolve("pki");
    return Master.watched(
            Profile.MODERN,
            new Master.Node("m1", "127.0.0.2"),
            new Cluster(
                "c",
                masters,
                Optional.of(new Cluster.LoadBalancer("127.0.0.1", balancer)),
                "10.96.0.0/16",
                "10.244.0.0/16",
                "cluster.local",
                new Cluster.Etcd(
                    Path.of("/var/lib/etcd"),
                    Optional.empty(),
                    false,
                    "t",
                    Optional.empty(),
                    false)),
            new ManifestSettings(
                directory, List.of(), false, false, Path.of("/var/run/docker.sock")),
            new CredentialSettings(pki, Duration.ofDays(30), Duration.ofDays(7)),
            new KubeletSettings(Path.of("/var/lib/kubelet/config.yaml")))
        .with(
            new ApiserverSettings(
                URI.create("https://127.0.0.2:" + apiservers),
                Optional.of(directory.resolve("made/m1/ca.crt")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Duration.ofSeconds(10)));
  }

  /** A shipped file as it is rendered for this master. */
  static Path rendered(Master master, Path directory, String name) throws IOException {
    Path template = TEMPLATES.resolve(name);
    String text =
        BalancerFiles.render(
            master,
            new BalancerFiles.Vrrp(networkInterface(), 51),
            new Template(name, template, Files.readString(template)));
    return Files.writeString(directory.resolve(name), text);
  }

  /** keepalived wants one that is there and is no loopback. */
  private static String networkInterface() throws IOException {
    return NetworkInterface.networkInterfaces()
        .map(NetworkInterface::getName)
        .filter(name -> !name.equals("lo"))
        .findFirst()
        .orElseThrow();
  }

  /** The same, with {@code changed} made of its text: then it runs. */
  static Haproxy start(Master master, Path directory, UnaryOperator<String> changed)
      throws IOException {
    Path file = rendered(master, directory, "haproxy.cfg");
    String alive = "127.0.0.1:" + Ports.next();
    Files.writeString(file, changed.apply(Files.readString(file).replace("127.0.0.1:8404", alive)));
    Path log = directory.resolve("haproxy.log");
    Process process =
        new ProcessBuilder("haproxy", "-db", "-f", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new Haproxy(process, log, master.cluster().loadBalancer().orElseThrow().port());
  }

  /** Fails with its words where it has ended. */
  void lives() throws IOException {
    if (!process.isAlive()) {
      throw new AssertionError(Files.readString(log));
    }
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
