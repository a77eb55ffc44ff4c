package io.hasupervisor.observe.manifest;

import io.hasupervisor.cluster.Addresses;
import io.hasupervisor.observe.CheckResult;
import io.hasupervisor.observe.Probe;
import io.hasupervisor.observe.ProbeSpec;
import io.hasupervisor.observe.ProbeTarget;
import io.hasupervisor.observe.ProbeTarget.HttpCredentials;
import io.hasupervisor.observe.Probes;
import io.hasupervisor.observe.Symptom;
import io.hasupervisor.observe.TimeLimit;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeoutException;
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
    Optional<Node> spec = StaticPod.root(manifest).map(root -> root.at("spec"));
    boolean host = spec.filter(it -> it.at("hostNetwork").isTrue()).isPresent();
    return spec.stream()
        .flatMap(it -> it.at("containers").items().stream())
        .flatMap(container -> of(container, host, nodeAddress).stream())
        .findFirst();
  }

  /** A probe that asks it and ends by itself a second after its deadline, with nothing done yet. */
  public static Optional<Probe> probe(String manifest, String nodeAddress) {
    return of(manifest, nodeAddress).map(PodProbe::probe);
  }

  private static Probe probe(ProbeTarget target) {
    // Period and deadline of the specification are those of a schedule, which this one has none of.
    Probe asking =
        Probes.create(
            new ProbeSpec("pod", target, Duration.ofSeconds(5), Duration.ofSeconds(5)),
            Optional::empty);
    return deadline -> {
      try {
        return TimeLimit.within(deadline, "pod-probe", () -> asking.check(deadline));
      } catch (TimeoutException e) {
        return new CheckResult.Failed(Symptom.TIMED_OUT, "the check hangs in the kernel");
      }
    };
  }

  private static Optional<ProbeTarget> of(Node container, boolean host, String node) {
    return Stream.of("readinessProbe", "livenessProbe")
        .flatMap(key -> target(container.at(key), container, host, node).stream())
        .findFirst();
  }

  private static Optional<ProbeTarget> target(
      Node probe, Node container, boolean hostNetwork, String node) {
    boolean http = probe.at("httpGet").value().isPresent();
    Node at = probe.at(http ? "httpGet" : "tcpSocket");
    Optional<String> host =
        at.at("host").text().or(() -> hostNetwork ? Optional.of(node) : Optional.empty());
    OptionalInt port = port(at.at("port").textOrEmpty(), container);
    if (host.isEmpty() || port.isEmpty()) {
      return Optional.empty();
    }
    return http
        ? http(at, host.get(), port.getAsInt())
        : Optional.of(new ProbeTarget.Tcp(host.get(), port.getAsInt()));
  }

  private static Optional<ProbeTarget> http(Node get, String host, int port) {
    String scheme = get.at("scheme").text().orElse("HTTP").toLowerCase(Locale.ROOT);
    String path = get.at("path").text().orElse("/");
    try {
      URI uri =
          new URI(
              scheme
                  + "://"
                  + Addresses.inUrl(host)
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
  private static OptionalInt port(String text, Node container) {
    String number =
        container.at("ports").items().stream()
            .filter(port -> port.at("name").text().filter(text::equals).isPresent())
            .map(port -> port.at("containerPort").textOrEmpty())
            .findFirst()
            .orElse(text);
    int port = number.matches("\\d{1,5}") ? Integer.parseInt(number) : 0;
    return port > 0 && port < 65536 ? OptionalInt.of(port) : OptionalInt.empty();
  }
}
