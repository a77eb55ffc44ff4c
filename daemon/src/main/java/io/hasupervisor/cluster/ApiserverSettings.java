package io.hasupervisor.cluster;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How the apiservers, the load balancer before them and the election's records are watched from
 * this host.
 *
 * @param local URL of this host's own apiserver, without a path
 * @param ca authority of the apiservers' certificates
 * @param certificate by which this host shows itself to apiservers, with {@code key}; empty:
 *     anonymous
 * @param tokenFile its content is sent as the bearer token
 * @param kubeconfigs by which a component's election record is read, by the component's name; one
 *     that is not there is read as everything else is
 * @param period from the start of one round of questions to the start of the next
 */
public record ApiserverSettings(
    URI local,
    Optional<Path> ca,
    Optional<Path> certificate,
    Optional<Path> key,
    Optional<Path> tokenFile,
    Map<String, Path> kubeconfigs,
    Duration period) {
  /** The components that elect a leader. */
  public static final String SCHEDULER = "kube-scheduler";

  public static final String CONTROLLER_MANAGER = "kube-controller-manager";

  public ApiserverSettings {
    kubeconfigs = Map.copyOf(new TreeMap<>(kubeconfigs));
  }

  /**
   * What holds unless configured otherwise. With profile modern the own apiserver is asked by the
   * node's address, for its certificate need not name a loopback one; and each record is read with
   * the component's own kubeconfig, which every master has and which may read that one record.
   *
   * @param credentials directory of the master's certificates
   */
  public static ApiserverSettings of(Profile profile, Master.Node node, Path credentials) {
    boolean seed = profile == Profile.SEED;
    URI local =
        seed
            ? URI.create("http://127.0.0.1:8080")
            : url(node.address().isEmpty() ? "127.0.0.1" : node.address(), profile.apiserverPort());
    return new ApiserverSettings(
        local,
        Optional.of(credentials.resolve("ca.crt")),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        seed
            ? Map.of()
            : Map.of(
                SCHEDULER,
                Path.of("/etc/kubernetes/scheduler.conf"),
                CONTROLLER_MANAGER,
                Path.of("/etc/kubernetes/controller-manager.conf")),
        Duration.ofSeconds(10));
  }

  /** Of an apiserver with TLS at this IP address or name. */
  public static URI url(String address, int port) {
    String host = Addresses.inUrl(address);
    return URI.create("https://" + host + ":" + port);
  }

  /** Whether apiservers may know us: by a certificate or by a token. */
  public boolean known() {
    return certificate.isPresent() || tokenFile.isPresent();
  }
}
