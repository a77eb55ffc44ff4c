package io.hasupervisor.observe.hostfiles;

import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.cluster.ManifestSettings.Wanted;
import io.hasupervisor.cluster.Master;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files of this host that its control plane stands on.
 *
 * @param program the kubelet's; empty where there is none
 * @param executable whether it may be run
 * @param elsewhere flags about manifests that are written in other files than the configured one
 * @param data empty where no etcd runs here
 */
public record HostSeen(
    Optional<Path> program,
    boolean executable,
    KubeletFile kubelet,
    List<FlagSeen> elsewhere,
    EntrySeen manifests,
    List<LogSeen> logs,
    Optional<DataSeen> data,
    List<RivalSeen> rivals) {
  private static final List<String> PROGRAMS =
      List.of("/usr/bin/kubelet", "/usr/local/bin/kubelet");

  public HostSeen {
    elsewhere = List.copyOf(elsewhere);
    logs = List.copyOf(logs);
    rivals = List.copyOf(rivals);
  }

  /**
   * Looks once, at the manifests that have been placed and those that are to be; never throws.
   *
   * @param coming manifests that are not placed yet; may be empty
   */
  public static HostSeen look(
      Master master, List<Manifest> coming, Path stateDir, HostPaths paths) {
    Optional<Path> program = kubelet(paths);
    List<Manifest> all = new ArrayList<>(coming);
    all.addAll(placed(master));
    boolean etcd =
        master.manifests().wanted().stream().anyMatch(wanted -> wanted.name().contains("etcd"));
    return new HostSeen(
        program,
        program.filter(Files::isExecutable).isPresent(),
        KubeletFile.read(master.kubelet().config()),
        FlagSeen.elsewhere(paths, master.kubelet().config()),
        EntrySeen.look(master.manifests().directory()),
        LogSeen.look(all),
        etcd ? Optional.of(DataSeen.look(master, stateDir, paths)) : Optional.empty(),
        RivalSeen.look(paths));
  }

  /** The kubelet's program, where a unit or a script looks for it. */
  public static Optional<Path> kubelet(HostPaths paths) {
    return PROGRAMS.stream().map(paths::at).filter(Files::isRegularFile).findFirst();
  }

  private static List<Manifest> placed(Master master) {
    List<Manifest> placed = new ArrayList<>();
    for (Wanted wanted : master.manifests().wanted()) {
      Path file = master.manifests().directory().resolve(wanted.name() + ".yaml");
      try {
        String text = SmallFile.utf8(SmallFile.read(file));
        placed.add(new Manifest(wanted.name(), "", text));
      } catch (IOException e) {
        // Not placed.
      }
    }
    return placed;
  }
}
