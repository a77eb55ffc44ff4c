package io.hasupervisor.decide.worker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The configuration that {@code worker join} writes: this host is a worker, by this way, with what
 * was found on it.
 *
 * @param ca authority that was given by hand
 * @param containerd the kubelet's containers run in containerd, and there is no docker
 * @param kubeProxy kube-proxy is a service of this host
 */
public record WorkerConfig(
    String apiserver, Optional<Path> ca, boolean containerd, boolean kubeProxy) {
  private static final String FIRST = "# Written by ha-supervisor worker join.";

  /** Whether this command wrote such a text. */
  public static boolean isOurs(String text) {
    return text.startsWith(FIRST);
  }

  /** A file for {@code conf.d}. */
  public String text() {
    List<String> lines = new ArrayList<>();
    lines.add(FIRST + "  ha-supervisor.yaml explains every key.");
    lines.add("role: worker");
    lines.add("worker:");
    lines.add("  apiserver: \"" + apiserver + "\"");
    ca.ifPresent(file -> lines.add("  ca: '" + file.toString().replace("'", "''") + "'"));
    if (containerd || kubeProxy) {
      lines.add("services:");
    }
    if (containerd) {
      lines.add("  docker: {enabled: false}");
      lines.add("  containerd: {enabled: true}");
      lines.add("  kubelet: {depends-on: [containerd]}");
    }
    if (kubeProxy) {
      lines.add("  kube-proxy: {enabled: true}");
    }
    return String.join("\n", lines) + "\n";
  }
}
