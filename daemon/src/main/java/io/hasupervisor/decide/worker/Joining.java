package io.hasupervisor.decide.worker;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.hostfiles.FlagRule;
import io.hasupervisor.assess.worker.Pointer;
import io.hasupervisor.observe.hostfiles.ShellFile;
import io.hasupervisor.observe.hostfiles.SmallFile;
import io.hasupervisor.observe.worker.ClientSeen;
import io.hasupervisor.observe.worker.ServerUrl;
import io.hasupervisor.yaml.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What joining a load balancer takes on this host. */
public sealed interface Joining {

  /**
   * It is this.
   *
   * @param edits in the order in which they are made; none where all is as it should be
   * @param services to be restarted for them
   * @param remarks what else was seen, one sentence each with its place and cure
   */
  record Planned(List<FileEdit> edits, List<String> services, List<String> remarks)
      implements Joining {
    public Planned {
      edits = List.copyOf(edits);
      services = List.copyOf(services);
      remarks = List.copyOf(remarks);
    }
  }

  /** Nothing can be planned. */
  record Refused(String why, String cure) implements Joining {}

  /**
   * What was found and is wanted.
   *
   * @param url as it is to be written
   * @param withProxy kube-proxy is pointed there as well
   * @param config to be written; empty where this host is configured as such a worker already
   * @param configFile where
   * @param configNow its text as {@code SmallFile} reads it, where it is there
   */
  record Scene(
      String url,
      ClientSeen kubelet,
      ClientSeen kubeProxy,
      boolean withProxy,
      Optional<WorkerConfig> config,
      Path configFile,
      Optional<String> configNow) {}

  /** The plan for this. */
  static Joining of(Scene scene) {
    List<FileEdit> edits = new ArrayList<>();
    List<String> services = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    List<ClientSeen> clients =
        scene.withProxy() ? List.of(scene.kubelet(), scene.kubeProxy()) : List.of(scene.kubelet());
    for (ClientSeen client : clients) {
      switch (Repointing.of(Pointer.of(client), scene.url())) {
        case Repointing.Refused refused -> {
          return new Refused(Pointer.shown(refused.place()) + ": " + refused.why(), refused.cure());
        }
        case Repointing.Right right ->
            remarks.add(
                right.file()
                    + " points the "
                    + client.service()
                    + " at "
                    + scene.url()
                    + " already");
        case Repointing.Changed changed -> {
          edits.add(changed.edit());
          services.add(client.service());
        }
      }
    }
    if (Pointer.of(scene.kubelet()) instanceof Pointer.ByFlag it) {
      remarks.addAll(broken(it.in().file(), edited(edits, it.in().file(), it.in().text())));
    }
    if (!scene.withProxy()) {
      remarks.addAll(proxyLeft(scene));
    }
    Optional<Refused> refused = config(scene, edits);
    return refused.isPresent() ? refused.get() : new Planned(edits, services, remarks);
  }

  private static Optional<Refused> config(Scene scene, List<FileEdit> edits) {
    if (scene.config().isEmpty()) {
      return Optional.empty();
    }
    String text = SmallFile.characters(scene.config().get().text());
    Optional<String> now = scene.configNow();
    if (now.isPresent() && !WorkerConfig.isOurs(now.get())) {
      return Optional.of(
          new Refused(
              scene.configFile() + ": it is there, and not written by this command",
              "write \"role: worker\" and worker.apiserver there by hand, then again"));
    }
    if (!now.equals(Optional.of(text))) {
      edits.add(new FileEdit(scene.configFile(), now, text));
    }
    return Optional.empty();
  }

  private static String edited(List<FileEdit> edits, Path file, String text) {
    return edits.stream()
        .filter(edit -> edit.file().equals(file))
        .map(FileEdit::after)
        .findFirst()
        .orElse(text);
  }

  private static List<String> broken(Path file, String text) {
    return FlagRule.findings(file, ShellFile.parse(text)).stream().map(Joining::line).toList();
  }

  private static String line(Finding finding) {
    return finding.place().map(Pointer::shown).orElse("")
        + ": "
        + finding.text()
        + "; to mend it: "
        + finding.cure();
  }

  private static List<String> proxyLeft(Scene scene) {
    Pointer pointer = Pointer.of(scene.kubeProxy());
    Place place = Pointer.place(pointer);
    return pointer.url().isPresent() && !pointer.url().equals(ServerUrl.parse(scene.url()))
        ? List.of(
            "%s points kube-proxy at %s, and is left: --kube-proxy points it as well"
                .formatted(Pointer.shown(place), pointer.url().get()))
        : List.of();
  }
}
