package io.hasupervisor.act.manifest;

import io.hasupervisor.cluster.Manifest;
import java.util.List;

/** Sets of manifests for tests; those of two versions differ in every file. */
final class Sets {
  static final List<String> NAMES =
      List.of("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler");

  private Sets() {}

  static List<Manifest> version(int version) {
    return NAMES.stream().map(name -> manifest(name, version)).toList();
  }

  static Manifest manifest(String name, int version) {
    return new Manifest(
        name,
        "/usr/share/" + name + ".yaml",
        """
        # Made by ha-supervisor.
        apiVersion: v1
        kind: Pod
        metadata:
          name: %s
          namespace: kube-system
        spec:
          containers:
          - name: %s
            image: example.org/%s:%d
        # %s
        """
            .formatted(name, name, name, version, "x".repeat(version % 7 * 3000)));
  }
}
