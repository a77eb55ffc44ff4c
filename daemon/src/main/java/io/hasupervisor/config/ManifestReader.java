package io.hasupervisor.config;

import io.hasupervisor.cluster.ManifestSettings;
import io.hasupervisor.cluster.ManifestSettings.Wanted;
import io.hasupervisor.cluster.Profile;
import io.hasupervisor.config.ManifestKeys.Drift;
import io.hasupervisor.config.ManifestKeys.Foreign;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The manifests to place.
 *
 * @param templates folder of the shipped templates; an operator's relative path begins beside it
 */
record ManifestReader(Section section, Profile profile, Path templates) {
  private static final int MOST = 50;

  /** Those that come with a template, by profile, with versions that fit each other. */
  private static final Map<Profile, Map<String, String>> IMAGES =
      Map.of(
          Profile.SEED,
          Map.of(
              "etcd", "registry.k8s.io/etcd:3.1.12",
              "kube-apiserver", "registry.k8s.io/kube-apiserver-amd64:v1.9.11",
              "kube-controller-manager", "registry.k8s.io/kube-controller-manager-amd64:v1.9.11",
              "kube-scheduler", "registry.k8s.io/kube-scheduler-amd64:v1.9.11"),
          Profile.MODERN,
          Map.of(
              "etcd", "registry.k8s.io/etcd:3.6.4-0",
              "kube-apiserver", "registry.k8s.io/kube-apiserver:v1.34.1",
              "kube-controller-manager", "registry.k8s.io/kube-controller-manager:v1.34.1",
              "kube-scheduler", "registry.k8s.io/kube-scheduler:v1.34.1"));

  ManifestSettings read() {
    Map<String, Section> set = section.sections(ManifestKeys.SET, ManifestKeys.WANTED_SHAPE);
    if (set.size() > MOST) {
      section.reject(ManifestKeys.SET, "holds more than " + MOST + " manifests");
    }
    List<Wanted> wanted = new ArrayList<>();
    set.forEach(
        (name, each) -> {
          if (each.get(ManifestKeys.ENABLED)) {
            wanted.add(wanted(name, each));
          }
        });
    return new ManifestSettings(
        section.get(ManifestKeys.DIRECTORY),
        wanted,
        section.get(ManifestKeys.DRIFT) == Drift.ENFORCE,
        section.get(ManifestKeys.FOREIGN) == Foreign.QUARANTINE,
        section.get(ManifestKeys.DOCKER_SOCKET));
  }

  private Wanted wanted(String name, Section each) {
    Optional<String> image = Optional.ofNullable(IMAGES.getOrDefault(profile, Map.of()).get(name));
    Optional<Path> template = each.get(ManifestKeys.TEMPLATE);
    if (template.isEmpty() && image.isEmpty()) {
      each.reject(
          ManifestKeys.TEMPLATE, "is needed: no template comes with the program for this manifest");
    }
    return new Wanted(
        name,
        template
            .map(path -> templates.resolveSibling(path).normalize())
            .orElseGet(() -> templates.resolve(profile.label()).resolve(name + ".yaml")),
        each.get(ManifestKeys.IMAGE).or(() -> image),
        each.get(ManifestKeys.EXTRA_FLAGS),
        each.get(ManifestKeys.EXTRA_MOUNTS));
  }
}
