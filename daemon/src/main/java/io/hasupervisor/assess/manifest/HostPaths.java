package io.hasupervisor.assess.manifest;

import io.hasupervisor.cluster.Master;
import io.hasupervisor.observe.manifest.Pod;
import io.hasupervisor.observe.manifest.Pod.Container;
import io.hasupervisor.observe.manifest.Pod.Mount;
import io.hasupervisor.observe.manifest.Pod.Volume;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** From paths in a container to paths on the host. */
final class HostPaths {
  private HostPaths() {}

  /** The mount that this path of the container lies in: the innermost one. */
  static Optional<Mount> mount(Container container, String inside) {
    return container.mounts().stream()
        .filter(mount -> mount.path().startsWith("/") && within(inside, mount.path()))
        .max(Comparator.comparingInt(mount -> mount.path().length()));
  }

  /** Where on the host this path of the container is; empty where it is not on the host. */
  static Optional<String> onHost(Pod pod, Container container, String inside) {
    return mount(container, inside)
        .flatMap(
            mount ->
                pod.volume(mount.name())
                    .flatMap(Volume::host)
                    .map(
                        host ->
                            join(
                                join(host.path(), mount.subPath()),
                                inside.substring(
                                    Math.min(inside.length(), bare(mount.path()).length())))));
  }

  /** Files that a container writes its log to: as a shell's target, by a flag, or by its name. */
  static List<Mount> logs(Program program) {
    Set<String> targets = new TreeSet<>(program.shell().map(Shell::targets).orElse(List.of()));
    program.value("log-file").ifPresent(targets::add);
    return program.container().mounts().stream()
        .filter(mount -> targets.contains(mount.path()) || mount.path().endsWith(".log"))
        .toList();
  }

  /** Where etcd's data lies in its container. */
  static String etcdData(Program etcd) {
    return etcd.value("data-dir").orElse("/" + etcd.value("name").orElse("default") + ".etcd");
  }

  /** All paths of the host that the rules ask about. */
  static Set<String> asked(List<Pod> pods, Optional<Master> master) {
    Set<String> asked = new TreeSet<>();
    master.ifPresent(m -> asked.add(member(m.cluster().etcd().data().toString())));
    for (Pod pod : pods) {
      pod.volumes().forEach(volume -> volume.host().ifPresent(host -> asked.add(host.path())));
      for (Program program : Program.of(pod)) {
        for (Mount log : logs(program)) {
          onHost(pod, program.container(), log.path()).ifPresent(asked::add);
        }
        for (Flag flag : program.flags()) {
          onHost(pod, program.container(), flag.value()).ifPresent(asked::add);
        }
        if (program.is(Component.ETCD)) {
          onHost(pod, program.container(), etcdData(program))
              .ifPresent(data -> asked.add(member(data)));
        }
      }
    }
    asked.removeIf(path -> !path.startsWith("/"));
    return asked;
  }

  /** What etcd makes in its data directory at its first start. */
  static String member(String data) {
    return join(data, "member");
  }

  private static boolean within(String path, String directory) {
    String bare = bare(directory);
    return path.equals(bare) || path.startsWith(bare + "/");
  }

  private static String bare(String directory) {
    return directory.endsWith("/") ? directory.substring(0, directory.length() - 1) : directory;
  }

  private static String join(String directory, String more) {
    if (more.isEmpty()) {
      return directory;
    }
    return bare(directory) + (more.startsWith("/") ? more : "/" + more);
  }
}
