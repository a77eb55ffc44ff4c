package io.hasupervisor.observe.manifest;

import io.hasupervisor.observe.Probe;
import io.hasupervisor.observe.ProbeSpec;
import io.hasupervisor.observe.ProbeTarget;
import io.hasupervisor.observe.ProbeTarget.HttpCredentials;
import io.hasupervisor.observe.Probes;
import io.hasupervisor.observe.manifest.StaticPod.Container;
import io.hasupervisor.yaml.Value.Table;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The question by which the kubelet itself would tell whether a manifest's pod is well: its
 * readiness probe, else its liveness probe. Commands inside of a container are not among them.
 */
public final class PodProbe {
  /**
   * What the kubelet takes for success (kubelet/probe/http), and what a hardened apiserver says
   * where nobody is logged in: up, but not permitted.
   */
  private static final Set<Integer> UP =
      IntStream.concat(IntStream.range(200, 400), IntStream.of(401, 403))
          .boxed()
          .collect(Collectors.toUnmodifiableSet());

  /** The kubelet does not verify certificates either. */
  private static final HttpCredentials UNVERIFIED =
      new HttpCredentials(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), true);

  private PodProbe() {}

  /**
   * What to ask; empty where the manifest asks nothing that can be asked from outside of the pod.
   *
   * @param nodeAddress this host's address, at which the kubelet asks a pod of the host's network
   *     whose probe names no host
   */
  public static Optional<ProbeTarget> of(String manifest, String nodeAddress) {
    return StaticPod.read(manifest).stream()
        .flatMap(
            pod ->
                pod.containers().stream()
                    .flatMap(container -> of(container, pod.hostNetwork(), nodeAddress).stream()))
        .findFirst();
  }

  /** A probe that asks it, with nothing done yet. */
  public static Optional<Probe> probe(String manifest, String nodeAddress) {
    return of(manifest, nodeAddress)
        .map(
            target ->
                Probes.create(
                    // Period and deadline are the asker's business: the probe uses neither.
                    new ProbeSpec("pod", target, Duration.ofSeconds(5), Duration.ofSeconds(5)),
                    Optional::empty));
  }

  private static Optional<ProbeTarget> of(Container container, boolean host, String node) {
    return Stream.of("readinessProbe", "livenessProbe")
        .map(container.text()::table)
        .flatMap(probe -> target(probe, container.text(), host, node).stream())
        .findFirst();
  }

  private static Optional<ProbeTarget> target(
      Table probe, Table container, boolean hostNetwork, String node) {
    Table get = probe.table("httpGet");
    boolean http = !get.entries().isEmpty();
    Table at = http ? get : probe.table("tcpSocket");
    Optional<String> host =
        at.text("host").or(() -> hostNetwork ? Optional.of(node) : Optional.empty());
    OptionalInt port = port(at.text("port").orElse(""), container);
    if (host.isEmpty() || port.isEmpty()) {
      return Optional.empty();
    }
    return http
        ? http(get, host.get(), port.getAsInt())
        : Optional.of(new ProbeTarget.Tcp(host.get(), port.getAsInt()));
  }

  private static Optional<ProbeTarget> http(Table get, String host, int port) {
    String scheme = get.text("scheme").orElse("HTTP").toLowerCase(Locale.ROOT);
    String path = get.text("path").orElse("/");
    try {
      URI uri =
          new URI(
              scheme
                  + "://"
                  + (host.contains(":") ? "[" + host + "]" : host)
                  + ":"
                  + port
                  + (path.startsWith("/") ? "" : "/")
                  + path);
      return Set.of("http", "https").contains(scheme) && uri.getHost() != null
          ? Optional.of(
              new ProbeTarget.Http(uri, Optional.empty(), UP, Optional.empty(), UNVERIFIED))
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** A number, or the name of one of the container's ports. */
  private static OptionalInt port(String text, Table container) {
    String number =
        container.items("ports").stream()
            .flatMap(port -> port instanceof Table table ? Stream.of(table) : Stream.empty())
            .filter(port -> port.text("name").filter(text::equals).isPresent())
            .flatMap(port -> port.text("containerPort").stream())
            .findFirst()
            .orElse(text);
    int port = number.matches("\\d{1,5}") ? Integer.parseInt(number) : 0;
    return port > 0 && port < 65536 ? OptionalInt.of(port) : OptionalInt.empty();
  }
}
