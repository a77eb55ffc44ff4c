package io.hasupervisor.config;

import io.hasupervisor.cluster.ManifestSettings.Mount;
import io.hasupervisor.cluster.Profile;
import io.hasupervisor.yaml.Value.Table;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The keys of the manifests that are placed. */
final class ManifestKeys {
  /** What is done about a file of ours that somebody changed. */
  enum Drift {
    REPORT,
    ENFORCE
  }

  /** What is done about a file that repeats a pod of ours. */
  enum Foreign {
    REPORT,
    QUARANTINE
  }

  private static final Map<String, Optional<Profile>> PROFILES = new LinkedHashMap<>();

  static {
    PROFILES.put("none", Optional.empty());
    for (Profile profile : Profile.values()) {
      PROFILES.put(profile.label(), Optional.of(profile));
    }
  }

  static final Key<Optional<Profile>> PROFILE =
      Key.of("profile", Words.choice(PROFILES), Optional.empty());
  static final Key<Path> DIRECTORY =
      Key.of("directory", Words.ABSOLUTE, Path.of("/etc/kubernetes/manifests"));
  static final Key<Drift> DRIFT = Key.of("drift", Words.choice(Drift.class), Drift.REPORT);
  static final Key<Foreign> FOREIGN =
      Key.of("foreign", Words.choice(Foreign.class), Foreign.REPORT);
  static final Key<Path> DOCKER_SOCKET =
      Key.of("docker-socket", Words.ABSOLUTE, Path.of("/var/run/docker.sock"));

  static final Key<Path> HOST = Key.mandatory("host", Words.ABSOLUTE, Path.of("/"));
  static final Key<Path> INSIDE = Key.mandatory("inside", Words.ABSOLUTE, Path.of("/"));
  static final Key<Boolean> READ_ONLY = Key.of("read-only", Words.TRUTH, true);
  static final Shape MOUNT_SHAPE = Shape.of(HOST, INSIDE, READ_ONLY);
  private static final Type<Mount> MOUNT =
      (value, spot) ->
          MOUNT_SHAPE
              .read(value, spot)
              .map(table -> Section.at(MOUNT_SHAPE, table, value.place(), spot))
              .map(each -> new Mount(each.get(HOST), each.get(INSIDE), each.get(READ_ONLY)));

  static final Key<Boolean> ENABLED = Key.of("enabled", Words.TRUTH, true);
  static final Key<Optional<Path>> TEMPLATE =
      Key.of("template", Words.PATH.orNone(), Optional.empty());
  static final Key<Optional<String>> IMAGE =
      Key.of(
          "image",
          Words.matching(
                  Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/@-]*(:[A-Za-z0-9._/@-]+){0,3}"),
                  "the name of an image, such as registry.k8s.io/pause:3.10")
              .orNone(),
          Optional.empty());
  static final Key<List<String>> EXTRA_FLAGS =
      Key.of("extra-flags", Words.ANY.where(text -> !text.isEmpty(), "is empty").list(), List.of());
  static final Key<List<Mount>> EXTRA_MOUNTS = Key.of("extra-mounts", MOUNT.set(), List.of());
  static final Shape WANTED_SHAPE = Shape.of(ENABLED, TEMPLATE, IMAGE, EXTRA_FLAGS, EXTRA_MOUNTS);
  static final Key<Table> SET =
      Key.table(
          "set",
          new Named(
              "manifest",
              Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"),
              "a name of at most 63 small letters, digits and hyphens",
              WANTED_SHAPE));

  static final Shape SHAPE = Shape.of(PROFILE, DIRECTORY, DRIFT, FOREIGN, DOCKER_SOCKET, SET);

  private ManifestKeys() {}
}
