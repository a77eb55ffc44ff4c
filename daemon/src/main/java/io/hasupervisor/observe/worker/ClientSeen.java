package io.hasupervisor.observe.worker;

import io.hasupervisor.observe.hostfiles.HostPaths;
import io.hasupervisor.observe.hostfiles.UnitFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All places where one client of the apiservers is told where they are.
 *
 * @param service its name among the services: {@code kubelet} or {@code kube-proxy}
 * @param flags files of flags that are there
 * @param inUnits flags in the unit's own files, which are not changed here
 * @param kubeconfig the one that it reads; Absent where none is there
 * @param unit whether systemd has a unit of this name, or an init script stands for it
 */
public record ClientSeen(
    String service,
    List<ClientFile> flags,
    List<ServerFlag> inUnits,
    ClientFile kubeconfig,
    boolean unit) {
  private static final int LINES = 2000;
  private static final List<String> KUBELET_FLAGS =
      List.of(
          "/etc/default/kubelet", "/etc/sysconfig/kubelet", "/var/lib/kubelet/kubeadm-flags.env");
  private static final List<String> PROXY_FLAGS =
      List.of("/etc/default/kube-proxy", "/etc/sysconfig/kube-proxy");

  /** In the order of kubeadm: with the bootstrap's one only until the kubelet has its own. */
  private static final List<String> KUBELET_CONFIGS =
      List.of(
          "/etc/kubernetes/kubelet.conf",
          "/etc/kubernetes/bootstrap-kubelet.conf",
          "/var/lib/kubelet/kubeconfig");

  private static final List<String> PROXY_CONFIGS =
      List.of(
          "/var/lib/kube-proxy/kubeconfig",
          "/var/lib/kube-proxy/kubeconfig.conf",
          "/etc/kubernetes/kube-proxy.conf");

  public ClientSeen {
    flags = List.copyOf(flags);
    inUnits = List.copyOf(inUnits);
  }

  /** The kubelet's. */
  public static ClientSeen kubelet(HostPaths paths) {
    return look(paths, "kubelet", KUBELET_FLAGS, KUBELET_CONFIGS);
  }

  /** kube-proxy's, where it runs as a service of the host. */
  public static ClientSeen kubeProxy(HostPaths paths) {
    return look(paths, "kube-proxy", PROXY_FLAGS, PROXY_CONFIGS);
  }

  /** The same, told in {@code file} and nowhere else. */
  public ClientSeen only(HostPaths paths, Path file) {
    ClientFile read = ClientFile.read(file);
    return read instanceof ClientFile.Flags
        ? new ClientSeen(service, List.of(read), List.of(), kubeconfigOf(paths, read), unit)
        : new ClientSeen(service, List.of(), List.of(), read, unit);
  }

  private static ClientFile kubeconfigOf(HostPaths paths, ClientFile flags) {
    return flags instanceof ClientFile.Flags it
        ? named(paths, it.flags()).orElseGet(() -> new ClientFile.Absent(it.file()))
        : flags;
  }

  private static ClientSeen look(
      HostPaths paths, String service, List<String> flagFiles, List<String> kubeconfigs) {
    List<ClientFile> flags = new ArrayList<>();
    List<ServerFlag> all = new ArrayList<>();
    for (String name : flagFiles) {
      ClientFile file = ClientFile.read(paths.at(name));
      if (!(file instanceof ClientFile.Absent)) {
        flags.add(file);
      }
      if (file instanceof ClientFile.Flags it) {
        all.addAll(it.flags());
      }
    }
    List<ServerFlag> inUnits = new ArrayList<>();
    boolean unit = Files.exists(paths.at("/etc/init.d/" + service));
    for (Path file : UnitFiles.of(paths, service)) {
      inUnits.addAll(inUnit(file));
      unit = true;
    }
    all.addAll(inUnits);
    ClientFile kubeconfig = named(paths, all).orElseGet(() -> usual(paths, kubeconfigs));
    return new ClientSeen(service, flags, inUnits, kubeconfig, unit);
  }

  /** The kubeconfig that a flag names and that is there; the bootstrap's one last. */
  private static Optional<ClientFile> named(HostPaths paths, List<ServerFlag> flags) {
    for (String name : List.of("--kubeconfig", "--bootstrap-kubeconfig")) {
      for (ServerFlag flag : flags) {
        if (flag.name().equals(name) && flag.value().matches("/[^\\x00$<>]+")) {
          ClientFile file = ClientFile.read(paths.at(flag.value()));
          if (!(file instanceof ClientFile.Absent)) {
            return Optional.of(file);
          }
        }
      }
    }
    return Optional.empty();
  }

  private static ClientFile usual(HostPaths paths, List<String> kubeconfigs) {
    ClientFile found = new ClientFile.Absent(paths.at(kubeconfigs.getFirst()));
    for (String name : kubeconfigs) {
      ClientFile file = ClientFile.read(paths.at(name));
      if (found instanceof ClientFile.Absent && !(file instanceof ClientFile.Absent)) {
        found = file;
      }
    }
    return found;
  }

  private static List<ServerFlag> inUnit(Path file) {
    try {
      return ServerFlag.inUnit(
          file, Files.readString(file, StandardCharsets.ISO_8859_1).lines().limit(LINES).toList());
    } catch (IOException e) {
      // Not ours to read, then.
      return List.of();
    }
  }
}
