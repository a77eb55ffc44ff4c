package io.hasupervisor.assess.leader;

import io.hasupervisor.observe.manifest.PodSeen;
import io.hasupervisor.observe.manifest.PodSeen.ContainerSeen;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Containers of a component as docker tells of them. */
final class Instances {
  private Instances() {}

  static ContainerSeen running(String component, String image, String... arguments) {
    return new ContainerSeen(
        "c0ffee",
        "uid",
        component,
        0,
        List.of("sha256:1234", image),
        List.of(arguments),
        Instant.EPOCH,
        true,
        Optional.empty(),
        0,
        "");
  }

  static PodSeen pod(ContainerSeen... containers) {
    return new PodSeen("kube-system/kube-scheduler", Optional.empty(), List.of(containers));
  }

  static PodSeen ended(String component) {
    return pod(
        new ContainerSeen(
            "c0ffee",
            "uid",
            component,
            0,
            List.of(),
            List.of("--leader-elect=false"),
            Instant.EPOCH,
            false,
            Optional.of(Instant.EPOCH),
            1,
            ""));
  }
}
