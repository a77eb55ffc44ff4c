package io.hasupervisor.command;

import io.hasupervisor.cluster.Worker;
import io.hasupervisor.decide.worker.Joining;
import io.hasupervisor.decide.worker.WorkerConfig;
import io.hasupervisor.loop.Plan;
import io.hasupervisor.observe.hostfiles.HostPaths;
import io.hasupervisor.observe.hostfiles.SmallFile;
import io.hasupervisor.observe.worker.ClientSeen;
import io.hasupervisor.observe.worker.ServerUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Looks at what a host has that bears on joining a load balancer. */
record JoinScene(HostPaths paths, Plan plan, Path configFile) {
  private static final List<String> DOCKER =
      List.of("/usr/bin/dockerd", "/usr/sbin/dockerd", "/usr/local/bin/dockerd", "/usr/bin/docker");
  private static final List<String> CONTAINERD =
      List.of("/usr/bin/containerd", "/usr/local/bin/containerd");

  /**
   * What is there now.
   *
   * @param kubeletFile the one file that tells the kubelet, where somebody says so
   * @param ca authority, where somebody gives one
   */
  Joining.Scene look(String url, boolean withProxy, Optional<Path> kubeletFile, Optional<Path> ca)
      throws IOException {
    ClientSeen kubelet = ClientSeen.kubelet(paths);
    ClientSeen proxy = ClientSeen.kubeProxy(paths);
    Optional<String> now = SmallFile.present(configFile);
    return new Joining.Scene(
        url,
        kubeletFile.map(file -> kubelet.only(paths, file)).orElse(kubelet),
        proxy,
        withProxy,
        config(url, ca, withProxy && proxy.unit(), now),
        configFile,
        now);
  }

  /** Empty where the configuration says all of it already. */
  private Optional<WorkerConfig> config(
      String url, Optional<Path> ca, boolean proxy, Optional<String> now) {
    boolean ours = now.filter(WorkerConfig::isOurs).isPresent();
    boolean said =
        plan.worker()
            .flatMap(Worker::apiserver)
            .flatMap(uri -> ServerUrl.parse(uri.toString()))
            .equals(ServerUrl.parse(url));
    boolean same = ca.isEmpty() || ca().equals(ca);
    if (said && same && (!proxy || has("kube-proxy"))) {
      return Optional.empty();
    }
    boolean containerd = none(DOCKER) && !none(CONTAINERD) && (ours || has("docker"));
    boolean proxyBefore = ours && now.filter(text -> text.contains("kube-proxy:")).isPresent();
    return Optional.of(
        new WorkerConfig(
            url, ca.or(this::ca), containerd, proxyBefore || (proxy && !has("kube-proxy"))));
  }

  /** The authority that is configured. */
  Optional<Path> ca() {
    return plan.worker().flatMap(Worker::ca);
  }

  private boolean has(String service) {
    return plan.services().stream().anyMatch(it -> it.name().equals(service));
  }

  private boolean none(List<String> programs) {
    return programs.stream().map(paths::at).noneMatch(Files::isExecutable);
  }
}
