package io.hasupervisor.observe.manifest;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.ListContainersCmd;
import com.github.dockerjava.api.model.Container;
import io.hasupervisor.observe.CheckResult;
import io.hasupervisor.observe.DockerApi;
import io.hasupervisor.observe.Excerpt;
import io.hasupervisor.observe.TimeLimit;
import io.hasupervisor.observe.manifest.PodSeen.ContainerSeen;
import io.hasupervisor.observe.manifest.PodSeen.LastLines;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** Asks docker for the containers of static pods: without the kubelet, without the apiserver. */
public final class RunningPods {
  /** Containers told of one pod: the kubelet keeps one or two ended ones of each. */
  private static final int MOST = 20;

  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private static final Set<String> USUAL = Set.of("kube-system", "default", "");

  private final Path socket;
  private final Duration deadline;
  private final DockerApi docker;
  private final ContainerOutput output;

  /** Asks at {@code dockerSocket}; nothing is connected yet. */
  public RunningPods(Path dockerSocket) {
    this(dockerSocket, DEADLINE);
  }

  RunningPods(Path dockerSocket, Duration deadline) {
    this.socket = dockerSocket;
    this.deadline = deadline;
    this.docker = new DockerApi(dockerSocket);
    this.output = new ContainerOutput(dockerSocket);
  }

  /**
   * The same with the last lines of its containers' newest ends, each of which is asked for once.
   * Blocks for three seconds at most for each that is new; ends early when interrupted, with the
   * thread's interrupt kept.
   */
  public PodSeen withOutput(PodSeen seen) {
    Map<String, LastLines> read = new LinkedHashMap<>();
    Set<String> named = new HashSet<>();
    for (ContainerSeen one : seen.containers()) {
      if (one.ended().isPresent() && named.add(one.container())) {
        output.of(one.id()).ifPresent(lines -> read.put(one.id(), lines));
      }
    }
    return seen.withOutput(read);
  }

  /**
   * The containers of one pod now. Blocks for 11 seconds at most and ends early when interrupted,
   * with the thread's interrupt kept; a docker that does not answer is an answer.
   *
   * @param pod {@code namespace/name}, or a name in kube-system or default: the name that the
   *     kubelet gives, see {@link StaticPod#on}
   */
  public PodSeen look(String pod) {
    try {
      return TimeLimit.within(deadline, "docker-pods", () -> ask(pod));
    } catch (TimeoutException e) {
      return PodSeen.unknown(pod, "asking docker at " + socket + " hangs in the kernel");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return PodSeen.unknown(pod, "asking docker at " + socket + " was broken off");
    }
  }

  private PodSeen ask(String pod) {
    String doing = "asking docker at " + socket + " for the containers of " + pod;
    try {
      List<Map.Entry<String, KubeletName>> found = list(pod);
      doing = "asking docker at " + socket + " about a container of " + pod;
      ContainerFacts facts = new ContainerFacts(docker.client());
      List<ContainerSeen> seen = new ArrayList<>();
      for (Map.Entry<String, KubeletName> one : found) {
        facts.of(one.getKey(), one.getValue()).ifPresent(seen::add);
      }
      seen.sort(Comparator.comparing(ContainerSeen::created).reversed());
      return new PodSeen(pod, Optional.empty(), seen);
    } catch (RuntimeException e) {
      return PodSeen.unknown(
          pod,
          switch (docker.failed(e, doing, deadline)) {
            case CheckResult.Failed failed -> failed.detail();
            case CheckResult.Inconclusive inconclusive -> Excerpt.of(inconclusive.why());
            case CheckResult.Passed passed -> passed.detail();
          });
    }
  }

  /** Ids with names, the running ones and then the newest ones first. */
  private List<Map.Entry<String, KubeletName>> list(String pod) {
    String name = pod.substring(pod.indexOf('/') + 1);
    DockerClient client = docker.client();
    Map<String, Container> byId = new LinkedHashMap<>();
    // Docker wants all filters of one request to hold; kubelets of all ages make such names.
    for (ListContainersCmd list :
        List.of(
            client.listContainersCmd().withLabelFilter(Map.of("io.kubernetes.pod.name", name)),
            client.listContainersCmd().withNameFilter(List.of("_" + name + "_")))) {
      list.withShowAll(true).exec().forEach(it -> byId.putIfAbsent(it.getId(), it));
    }
    return byId.values().stream()
        .sorted(
            Comparator.comparing((Container it) -> !"running".equals(it.getState()))
                .thenComparing(Container::getCreated, Comparator.reverseOrder()))
        .flatMap(
            it ->
                name(it)
                    .filter(made -> belongs(made, pod))
                    .map(n -> Map.entry(it.getId(), n))
                    .stream())
        .limit(MOST)
        .toList();
  }

  static Optional<KubeletName> name(Container container) {
    String[] names = container.getNames();
    Map<String, String> labels = container.getLabels();
    return KubeletName.of(
        labels == null ? Map.of() : labels, names == null || names.length == 0 ? "" : names[0]);
  }

  /** A pod of the same name in another namespace is another pod, and anybody may make one. */
  private static boolean belongs(KubeletName made, String pod) {
    int slash = pod.indexOf('/');
    boolean namespace =
        slash < 0
            ? USUAL.contains(made.namespace())
            : made.namespace().isEmpty() || made.namespace().equals(pod.substring(0, slash));
    return namespace && !made.sandbox() && made.pod().equals(pod.substring(slash + 1));
  }
}
