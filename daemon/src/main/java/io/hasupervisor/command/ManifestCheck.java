package io.hasupervisor.command;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.manifest.ManifestReader;
import io.hasupervisor.assess.manifest.ManifestRules;
import io.hasupervisor.assess.manifest.ManifestSet;
import io.hasupervisor.assess.manifest.Report;
import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.observe.manifest.HostFacts;
import io.hasupervisor.observe.manifest.HostLook;
import io.hasupervisor.observe.manifest.ManifestBytes;
import io.hasupervisor.observe.manifest.Pod;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Manifests judged as far as can be.
 *
 * @param notChecked what could not be looked at, and why
 */
record ManifestCheck(List<Finding> findings, List<String> notChecked) {
  ManifestCheck {
    findings = List.copyOf(findings);
    notChecked = List.copyOf(notChecked);
  }

  /** Files as they stand; with {@code master} they are taken to be meant for this host. */
  static ManifestCheck ofFiles(List<Path> files, Optional<Master> master) {
    return of(files, files.stream().map(ManifestBytes::read).toList(), master);
  }

  /** Manifests that are not placed yet, for this host; their lines are those of {@code text}. */
  static ManifestCheck ofManifests(List<Manifest> manifests, Master master) {
    return of(
        manifests.stream().map(manifest -> Path.of(manifest.file())).toList(),
        manifests.stream()
            .map(manifest -> (ManifestBytes) new ManifestBytes.Whole(manifest.bytes()))
            .toList(),
        Optional.of(master));
  }

  /** Whether anything must not be placed as it is. */
  boolean refuses() {
    return FindingText.count(findings, Finding.Severity.CRITICAL) > 0;
  }

  private static ManifestCheck of(
      List<Path> files, List<ManifestBytes> contents, Optional<Master> master) {
    Report report = new Report();
    List<Pod> pods = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      Path file = files.get(i);
      ManifestReader.read(file, contents.get(i), report)
          .flatMap(root -> ManifestRules.pod(file, root, report))
          .ifPresent(pods::add);
    }
    Optional<HostFacts> host =
        master.map(m -> look(new ManifestSet(pods, master, Optional.empty()), m, files));
    ManifestRules.judge(new ManifestSet(pods, master, host), report);
    return new ManifestCheck(report.findings(), notChecked(host));
  }

  private static HostFacts look(ManifestSet set, Master master, List<Path> files) {
    Set<String> ours =
        files.stream().map(file -> String.valueOf(file.getFileName())).collect(Collectors.toSet());
    return HostLook.look(
        ManifestRules.askedPaths(set), ManifestRules.askedImages(set), master.manifests(), ours);
  }

  private static List<String> notChecked(Optional<HostFacts> host) {
    if (host.isEmpty()) {
      return List.of(
          "paths, credentials, images, etcd's data and other manifests of the host that these are"
              + " for: with --config on that host they are");
    }
    return host.get().docker().map(why -> "whether the images are there: " + why).stream().toList();
  }
}
