package io.hasupervisor.observe.manifest;

import io.hasupervisor.yaml.Place;
import io.hasupervisor.yaml.Value.Table;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a manifest says of its pod, as far as it can be understood: what is not there, or of another
 * form than expected, reads as empty.
 *
 * @param place of the name
 */
public record Pod(
    Path file,
    Place place,
    String name,
    String namespace,
    boolean hostNetwork,
    List<Container> containers,
    List<Volume> volumes) {

  /**
   * A container.
   *
   * @param words of command and args
   * @param init whether it ends before the others start
   * @param env variables with a value of their own, as {@code NAME=value}
   * @param liveness whether the kubelet restarts it when it is sick
   */
  public record Container(
      Place place,
      String name,
      Word image,
      List<Word> words,
      List<Word> env,
      List<Mount> mounts,
      List<Port> ports,
      boolean init,
      boolean liveness) {}

  /** A text and where it stands. */
  public record Word(Place place, String text) {}

  /** A volume seen in a container, at {@code path}. */
  public record Mount(Place place, String name, String path, String subPath) {}

  /** A port of a container; {@code host} is what the manifest says, not what it implies. */
  public record Port(
      Place place,
      Optional<Integer> port,
      Optional<Integer> host,
      String protocol,
      String hostIp) {}

  /** A volume; {@code host} is empty where it is not a path of the host. */
  public record Volume(Place place, String name, Optional<HostPath> host) {}

  /** A path of the host; {@code type} may be empty. */
  public record HostPath(Place place, String path, String type) {}

  /** Of a manifest's root. */
  public static Pod of(Path file, Table root) {
    Node top = Node.of(root);
    Node spec = top.at("spec");
    Node name = top.at("metadata").at("name");
    return new Pod(
        file,
        name.place(),
        name.textOrEmpty(),
        top.at("metadata").at("namespace").text().orElse("default"),
        spec.at("hostNetwork").isTrue(),
        Stream.concat(
                spec.at("initContainers").items().stream().map(c -> container(c, true)),
                spec.at("containers").items().stream().map(c -> container(c, false)))
            .toList(),
        spec.at("volumes").items().stream().map(Pod::volume).toList());
  }

  /** The pod's name, or the file's where it has none. */
  public String subject() {
    return name.isEmpty() ? String.valueOf(file.getFileName()) : name;
  }

  /** {@code namespace/name}: what the kubelet tells pods apart by. */
  public String fullName() {
    return namespace + "/" + name;
  }

  /** The volume of this name. */
  public Optional<Volume> volume(String wanted) {
    return volumes.stream().filter(volume -> volume.name().equals(wanted)).findFirst();
  }

  private static Container container(Node node, boolean init) {
    return new Container(
        node.place(),
        node.at("name").textOrEmpty(),
        word(node.at("image")),
        Stream.concat(node.at("command").items().stream(), node.at("args").items().stream())
            .map(Pod::word)
            .toList(),
        node.at("env").items().stream()
            .map(
                e ->
                    new Word(
                        e.at("value").place(),
                        e.at("name").textOrEmpty() + "=" + e.at("value").textOrEmpty()))
            .toList(),
        node.at("volumeMounts").items().stream().map(Pod::mount).toList(),
        node.at("ports").items().stream().map(Pod::port).toList(),
        init,
        node.at("livenessProbe").value().isPresent());
  }

  private static Word word(Node node) {
    return new Word(node.place(), node.textOrEmpty());
  }

  private static Mount mount(Node node) {
    return new Mount(
        node.place(),
        node.at("name").textOrEmpty(),
        node.at("mountPath").textOrEmpty(),
        node.at("subPath").textOrEmpty());
  }

  private static Port port(Node node) {
    return new Port(
        node.place(),
        node.at("containerPort").number(),
        node.at("hostPort").number().filter(port -> port > 0),
        node.at("protocol").text().orElse("TCP"),
        node.at("hostIP").textOrEmpty());
  }

  private static Volume volume(Node node) {
    Node host = node.at("hostPath");
    return new Volume(
        node.place(),
        node.at("name").textOrEmpty(),
        host.value()
            .map(
                _ ->
                    new HostPath(
                        host.at("path").place(),
                        host.at("path").textOrEmpty(),
                        host.at("type").textOrEmpty())));
  }
}
