package io.hasupervisor.command;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.manifest.ManifestReader;
import io.hasupervisor.assess.manifest.ManifestSet;
import io.hasupervisor.assess.manifest.Report;
import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.observe.manifest.ManifestBytes;
import io.hasupervisor.observe.manifest.Pod;
import io.hasupervisor.yaml.Value.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Manifests judged as far as can be.
 *
 * @param notChecked what could not be looked at, in whole sentences
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
      Optional<Table> root = ManifestReader.read(file, contents.get(i), report);
      root.map(table -> Pod.of(file, table)).ifPresent(pods::add);
    }
    ManifestSet _ = new ManifestSet(pods, master, Optional.empty());
    return new ManifestCheck(report.findings(), List.of());
  }
}
