package io.hasupervisor.act.credential;

import io.hasupervisor.cluster.Cluster;
import io.hasupervisor.cluster.Cluster.Etcd;
import io.hasupervisor.cluster.Cluster.LoadBalancer;
import io.hasupervisor.cluster.CredentialSettings;
import io.hasupervisor.cluster.KubeletSettings;
import io.hasupervisor.cluster.ManifestSettings;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What {@code credentials create} makes, once for all tests of a run, and masters to put it on. */
public final class MadeSet {
  /** Near the time at which tests write files; certificates know whole seconds only. */
  @SuppressWarnings("TimeInStaticInitializer")
  public static final Instant NOW = Instant.ofEpochSecond(Instant.now().getEpochSecond());

  public static final List<String> MASTERS = List.of("master-1", "master-2", "master-3");
  private static final Map<Profile, CredentialSet> MADE = new ConcurrentHashMap<>();

  private MadeSet() {}

  public static Master master(Profile profile, String name) {
    return master(profile, name, Optional.of(new LoadBalancer("10.0.0.10", 443)));
  }

  public static Master master(Profile profile, String name, Optional<LoadBalancer> balancer) {
    Map<String, String> masters = new LinkedHashMap<>();
    MASTERS.forEach(each -> masters.put(each, address(each)));
    Cluster cluster =
        new Cluster(
            "test",
            masters,
            balancer,
            "10.96.0.0/12",
            "10.244.0.0/16",
            "cluster.local",
            new Etcd(
                profile.etcdData(), Optional.empty(), false, "token", Optional.empty(), false));
    return Master.watched(
        profile,
        new Master.Node(name, address(name)),
        cluster,
        new ManifestSettings(
            Path.of("/etc/kubernetes/manifests"),
            List.of(),
            false,
            false,
            Path.of("/var/run/docker.sock")),
        new CredentialSettings(profile.credentials(), Duration.ofDays(30), Duration.ofDays(7)),
        new KubeletSettings(Path.of("/etc/default/kubelet")));
  }

  private static String address(String master) {
    return "10.0.0." + master.substring("master-".length());
  }

  public static CredentialSet of(Profile profile) {
    return MADE.computeIfAbsent(profile, _ -> made(master(profile, "master-1")));
  }

  private static CredentialSet made(Master master) {
    try {
      return CredentialSet.create(
          master, new CredentialSet.Lives(NOW, Duration.ofDays(365), Duration.ofDays(3650)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The files of a master below {@code root}, as its archive unpacks them. */
  public static void place(Profile profile, String name, Path root) throws IOException {
    for (CredentialSet.Content file : of(profile).masters().getOrDefault(name, List.of())) {
      Path target = root.resolve(Path.of("/").relativize(file.path()));
      Files.createDirectories(
          target.resolveSibling("."),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Files.write(target, file.bytes());
      mode(target, "rw-------");
    }
  }

  public static void mode(Path file, String mode) throws IOException {
    var _ = Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  /** The authority that signed the set. */
  public static Forge authority(Profile profile, String name) {
    List<CredentialSet.Content> files =
        profile == Profile.SEED
            ? of(profile).apart()
            : of(profile).masters().getOrDefault("master-1", List.of());
    return Forge.by(bytes(files, name + ".crt"), bytes(files, name + ".key"));
  }

  private static byte[] bytes(List<CredentialSet.Content> files, String end) {
    return files.stream()
        .filter(file -> file.path().endsWith(end))
        .findFirst()
        .orElseThrow()
        .bytes();
  }
}
