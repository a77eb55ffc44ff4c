package io.hasupervisor.monit;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A service that our configuration has without being told.
 *
 * @param aliases names that people give it in monit, in small letters
 * @param pid name of its usual pidfile
 * @param probe its first probe
 * @param sockets that this probe asks over; empty where it asks a port
 * @param url that it asks otherwise
 */
record BuiltIn(
    String name, Set<String> aliases, String pid, String probe, Set<String> sockets, String url) {

  private static final List<BuiltIn> ALL =
      List.of(
          new BuiltIn(
              "docker",
              Set.of("docker", "dockerd", "docker-engine", "docker.io"),
              "docker.pid",
              "ping",
              Set.of("/var/run/docker.sock", "/run/docker.sock"),
              ""),
          new BuiltIn(
              "kubelet",
              Set.of("kubelet"),
              "kubelet.pid",
              "healthz",
              Set.of(),
              "http://127.0.0.1:10248/healthz"),
          new BuiltIn(
              "containerd",
              Set.of("containerd"),
              "containerd.pid",
              "socket",
              Set.of("/run/containerd/containerd.sock", "/var/run/containerd/containerd.sock"),
              ""),
          new BuiltIn(
              "kube-proxy",
              Set.of("kube-proxy", "kubeproxy"),
              "kube-proxy.pid",
              "healthz",
              Set.of(),
              "http://127.0.0.1:10256/healthz"));

  /** The one that an entry means. */
  static Optional<BuiltIn> of(String name, Target target) {
    return ALL.stream().filter(it -> it.isMeant(name.toLowerCase(Locale.ROOT), target)).findFirst();
  }

  private boolean isMeant(String entry, Target target) {
    return aliases.contains(entry)
        || switch (target) {
          case Target.Systemd systemd -> systemd.unit().equals(name + ".service");
          case Target.Script script ->
              Set.of("/var/run/" + pid, "/run/" + pid).contains(script.pidfile());
          case Target.None _ -> false;
        };
  }
}
