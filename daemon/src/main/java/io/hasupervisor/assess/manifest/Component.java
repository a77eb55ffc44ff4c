package io.hasupervisor.assess.manifest;

import java.util.Arrays;
import java.util.Optional;

/** The programs of a control plane, by the names of their files and images. */
enum Component {
  ETCD("etcd"),
  APISERVER("kube-apiserver"),
  CONTROLLER_MANAGER("kube-controller-manager"),
  SCHEDULER("kube-scheduler");

  private final String program;

  Component(String program) {
    this.program = program;
  }

  /** Name of the program's file. */
  String program() {
    return program;
  }

  /** Of a program's path, or of an image without its tag; hyperkube's names have no prefix. */
  static Optional<Component> of(String path) {
    String base = path.substring(path.lastIndexOf('/') + 1);
    return Arrays.stream(values())
        .filter(c -> base.equals(c.program) || base.equals(c.program + "-amd64"))
        .findFirst();
  }

  /** Of hyperkube's first word, such as {@code apiserver} or {@code kube-apiserver}. */
  static Optional<Component> ofHyperkube(String word) {
    return of(word).or(() -> of("kube-" + word));
  }
}
