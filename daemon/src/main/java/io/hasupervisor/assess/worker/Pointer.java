package io.hasupervisor.assess.worker;

import io.hasupervisor.observe.worker.ClientFile;
import io.hasupervisor.observe.worker.ClientSeen;
import io.hasupervisor.observe.worker.ServerFlag;
import io.hasupervisor.observe.worker.ServerUrl;
import io.hasupervisor.yaml.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The one place where a client of the apiservers is told where they are. */
public sealed interface Pointer {

  /** By a flag, as before Kubernetes 1.8: it wins over the server of a kubeconfig. */
  record ByFlag(ClientFile.Flags in, ServerFlag flag) implements Pointer {}

  /** By the current context of a kubeconfig. */
  record ByKubeconfig(ClientFile.Kubeconfig in) implements Pointer {}

  /** It cannot be said which one counts, or it cannot be read, or there is none. */
  record Unclear(Place place, String why, String cure) implements Pointer {}

  /** The one that counts. */
  static Pointer of(ClientSeen seen) {
    for (ClientFile file : seen.flags()) {
      if (file instanceof ClientFile.Unusable broken) {
        return unusable(broken);
      }
    }
    List<Pointer> found = new ArrayList<>();
    for (ServerFlag flag : seen.inUnits()) {
      if (flag.isAddress()) {
        found.add(
            new Unclear(
                new Place(flag.file(), flag.line(), 1),
                "the unit itself says " + flag.name() + ": units are not changed here",
                "move that flag to /etc/default/%s, then systemctl daemon-reload"
                    .formatted(seen.service())));
      }
    }
    for (ClientFile file : seen.flags()) {
      if (file instanceof ClientFile.Flags flags) {
        flags.flags().stream()
            .filter(ServerFlag::isAddress)
            .map(flag -> new ByFlag(flags, flag))
            .forEach(found::add);
      }
    }
    return switch (seen.kubeconfig()) {
      // A kubeconfig that a flag names beside an address tells only who the client is.
      case ClientFile.Kubeconfig _ when !found.isEmpty() && !ofKubeadm(seen.kubeconfig().file()) ->
          one(found, seen);
      case ClientFile.Kubeconfig kubeconfig -> {
        found.add(new ByKubeconfig(kubeconfig));
        yield one(found, seen);
      }
      case ClientFile.Unusable broken when found.isEmpty() -> unusable(broken);
      case ClientFile.Absent _, ClientFile.Unusable _, ClientFile.Flags _ -> one(found, seen);
    };
  }

  private static boolean ofKubeadm(Path kubeconfig) {
    return kubeconfig.toString().matches(".*/etc/kubernetes/(bootstrap-)?kubelet\\.conf");
  }

  private static Pointer one(List<Pointer> found, ClientSeen seen) {
    return switch (found.size()) {
      case 0 ->
          new Unclear(
              Place.wholeFile(
                  seen.flags().isEmpty()
                      ? seen.kubeconfig().file()
                      : seen.flags().getFirst().file()),
              "nothing here tells the %s where the apiservers are".formatted(seen.service()),
              seen.service().equals("kubelet")
                  ? "name the file that does: --kubelet-config FILE (before Kubernetes 1.8, add"
                      + " --api-servers=URL to DAEMON_ARGS)"
                  : "where it runs as a pod, its address is in the ConfigMap kube-proxy of"
                      + " kube-system: kubectl -n kube-system edit configmap kube-proxy");
      case 1 -> found.getFirst();
      default ->
          new Unclear(
              place(found.getLast()),
              "the %s may be told in several places: %s"
                  .formatted(
                      seen.service(),
                      String.join(
                          ", ", found.stream().map(Pointer::place).map(Pointer::shown).toList())),
              seen.service().equals("kubelet")
                  ? "say which one it reads: --kubelet-config FILE"
                  : "remove the one that it does not read");
    };
  }

  private static Unclear unusable(ClientFile.Unusable broken) {
    return new Unclear(broken.place(), broken.why(), "mend it by hand, then again");
  }

  /** Where a person must look. */
  static Place place(Pointer pointer) {
    return switch (pointer) {
      case ByFlag it -> new Place(it.in().file(), it.flag().line(), 1);
      case ByKubeconfig it -> it.in().server().place();
      case Unclear it -> it.place();
    };
  }

  /** As {@code file:line}. */
  static String shown(Place place) {
    return place.file() + (place.line() == 0 ? "" : ":" + place.line());
  }

  /** The address as it is written; empty where that is unclear. */
  default Optional<String> written() {
    return switch (this) {
      case ByFlag it -> Optional.of(it.flag().value());
      case ByKubeconfig it -> Optional.of(it.in().server().text());
      case Unclear _ -> Optional.empty();
    };
  }

  /** The address; empty where it is unclear, or none that could be asked. */
  default Optional<ServerUrl> url() {
    return written().flatMap(ServerUrl::parse);
  }
}
