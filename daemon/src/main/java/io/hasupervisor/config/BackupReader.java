package io.hasupervisor.config;

import io.hasupervisor.cluster.BackupSettings;
import io.hasupervisor.cluster.BackupSettings.Keep;
import io.hasupervisor.config.BackupKeys.SameDevice;
import java.nio.file.Path;

/**
 * The backups, and whether their directory is a safe place.
 *
 * @param manifests the kubelet's manifest directory: it takes every file in there for a pod
 * @param data etcd's: what befalls it must not befall its backups
 * @param state the daemon's: a purge of the package removes it
 */
record BackupReader(Section section, Path manifests, Path data, Path state) {

  BackupSettings read() {
    Path directory = section.get(BackupKeys.DIRECTORY).normalize();
    apart(directory, manifests, "the manifest directory", "the kubelet takes any file for a pod");
    apart(directory, data, "etcd's data", "one mishap would take both");
    apart(directory, state, "the state-directory", "it goes when the package is purged");
    Section keep = section.section(BackupKeys.KEEP, BackupKeys.KEEP_SHAPE);
    return new BackupSettings(
        section.get(BackupKeys.ENABLED),
        directory,
        section.get(BackupKeys.EVERY),
        new Keep(
            keep.get(BackupKeys.HOURLY), keep.get(BackupKeys.DAILY), keep.get(BackupKeys.WEEKLY)),
        section.get(BackupKeys.SAME_DEVICE) == SameDevice.ALLOW,
        section.get(BackupKeys.RATE),
        section.get(BackupKeys.HOOK));
  }

  private void apart(Path directory, Path other, String what, String why) {
    Path plain = other.normalize();
    if (directory.startsWith(plain) || plain.startsWith(directory)) {
      section.reject(
          BackupKeys.DIRECTORY,
          "must neither be in nor hold %s (%s), for %s: choose a directory of its own, such as %s"
              .formatted(what, plain, why, BackupSettings.DEFAULT.directory()));
    }
  }
}
