package io.hasupervisor.observe.hostfiles;

import io.hasupervisor.cluster.Cluster;
import io.hasupervisor.cluster.CredentialSettings;
import io.hasupervisor.cluster.KubeletSettings;
import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.cluster.ManifestSettings;
import io.hasupervisor.cluster.ManifestSettings.Wanted;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.Profile;
import io.hasupervisor.host.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A host whose root is a directory of the test's. */
public final class FakeHost {
  public final Path root;
  public final Path state;
  private final StringBuilder mounts = new StringBuilder();
  private Profile profile = Profile.SEED;
  private Path data;
  private Optional<Path> mount = Optional.empty();
  private boolean shared;
  private String node = "master-1";
  private Map<String, String> masters = Map.of();

  public FakeHost(Path directory) throws IOException {
    root = Files.createDirectories(directory.resolve("root"));
    state = Files.createDirectories(directory.resolve("state"));
    data = root.resolve("var/etcd/data");
    Files.createDirectories(root.resolve("proc/self"));
    mounted(Path.of("/"), "8:1", "/dev/sda1", "rw");
  }

  public HostPaths paths() {
    return new HostPaths(root, Identity.user());
  }

  public FakeHost modern() {
    profile = Profile.MODERN;
    return this;
  }

  public FakeHost node(String name) {
    node = name;
    return this;
  }

  public FakeHost masters(Map<String, String> addresses) {
    masters = addresses;
    return this;
  }

  public FakeHost data(Path path, boolean isShared) {
    data = path;
    shared = isShared;
    return this;
  }

  public FakeHost wantsMount(Path point) {
    mount = Optional.of(point);
    return this;
  }

  public FakeHost mounted(Path point, String device, String source, String options)
      throws IOException {
    mounts.append("30 1 %s / %s %s - ext4 %s rw\n".formatted(device, point, options, source));
    return remount(mounts.toString());
  }

  public FakeHost onlyMounted(Path point, String device, String source) throws IOException {
    mounts.setLength(0);
    return mounted(point, device, source, "rw");
  }

  private FakeHost remount(String mountinfo) throws IOException {
    Files.writeString(root.resolve("proc/self/mountinfo"), mountinfo);
    return this;
  }

  public Path file(String path, String text) throws IOException {
    Path file = root.resolve(path.substring(1));
    Files.createDirectories(file.resolveSibling(".").normalize());
    return Files.writeString(file, text);
  }

  /** Makes the data of a member. */
  public void memberData() throws IOException {
    Files.createDirectories(data.resolve("member/wal"));
    Files.setPosixFilePermissions(
        data, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
  }

  public Path data() {
    return data;
  }

  public Path manifests() {
    return root.resolve("etc/kubernetes/manifests");
  }

  public Path kubeletFile() {
    return root.resolve(
        profile == Profile.SEED ? "etc/default/kubelet" : "var/lib/kubelet/config.yaml");
  }

  public Master master() {
    return Master.watched(
        profile,
        new Master.Node(node, "10.0.0.1"),
        new Cluster(
            "test",
            masters.isEmpty() ? Map.of(node, "10.0.0.1") : masters,
            Optional.of(new Cluster.LoadBalancer("10.0.0.100", 443)),
            "10.96.0.0/12",
            "10.244.0.0/16",
            "cluster.local",
            new Cluster.Etcd(data, mount, shared, "t", Optional.empty(), false)),
        new ManifestSettings(
            manifests(),
            List.of(
                new Wanted("etcd", Path.of("etcd.yaml"), Optional.empty(), List.of(), List.of())),
            false,
            false,
            root.resolve("run/docker.sock")),
        new CredentialSettings(
            root.resolve("srv/kubernetes"), Duration.ofDays(30), Duration.ofDays(7)),
        new KubeletSettings(kubeletFile()));
  }

  /** A manifest with one hostPath volume; an empty type is left out. */
  public static Manifest manifest(Path path, String type) {
    return new Manifest(
        "pod",
        "pod.yaml",
        """
        # rendered
        apiVersion: v1
        kind: Pod
        metadata:
          name: pod
        spec:
          containers:
          - name: pod
            volumeMounts:
            - {name: it, mountPath: /it}
          volumes:
          - name: none
            emptyDir: {}
          - name: it
            hostPath:
              path: %s
        %s
        """
            .formatted(path, type.isEmpty() ? "" : "      type: " + type));
  }

  public Manifest etcd() {
    return manifest(data, "");
  }
}
