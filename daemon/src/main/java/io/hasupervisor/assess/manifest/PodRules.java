package io.hasupervisor.assess.manifest;

import static io.hasupervisor.assess.Finding.Severity.ADVICE;
import static io.hasupervisor.assess.Finding.Severity.CRITICAL;

import io.hasupervisor.observe.manifest.Pod;
import io.hasupervisor.observe.manifest.Pod.Container;
import io.hasupervisor.observe.manifest.Pod.Mount;
import io.hasupervisor.observe.manifest.Pod.Volume;
import io.hasupervisor.yaml.Place;
import io.hasupervisor.yaml.Quote;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the kubelet asks of every pod, beyond the form of its fields. */
final class PodRules {
  private static final String LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";

  private PodRules() {}

  static void judge(Pod pod, Report report) {
    names(pod, report);
    twice(pod, report);
    mounts(pod, report);
    unusedVolumes(pod, report);
    hostNetwork(pod, report);
    hostPorts(pod, report);
  }

  /** DNS-1123: a subdomain for the pod, a label for its containers and volumes. */
  private static void names(Pod pod, Report report) {
    boolean good = pod.name().matches(LABEL + "(\\." + LABEL + ")*") && pod.name().length() <= 253;
    if (!good && !pod.name().isEmpty()) {
      badName(pod, pod.place(), "the pod's name ", pod.name(), report);
    }
    for (Container container : pod.containers()) {
      if (!container.name().isEmpty() && !container.name().matches(LABEL)) {
        badName(pod, container.place(), "the container's name ", container.name(), report);
      }
    }
    for (Volume volume : pod.volumes()) {
      if (!volume.name().isEmpty() && !volume.name().matches(LABEL)) {
        badName(pod, volume.place(), "the volume's name ", volume.name(), report);
      }
    }
  }

  private static void badName(Pod pod, Place place, String what, String name, Report report) {
    report.add(
        "BAD_NAME",
        CRITICAL,
        pod,
        place,
        what + Quote.of(name) + " is no DNS name (RFC 1123): the kubelet refuses the pod",
        "use lower-case letters, digits and hyphens, with a letter or digit at both ends");
  }

  private static void twice(Pod pod, Report report) {
    Map<String, Place> containers = new HashMap<>();
    for (Container container : pod.containers()) {
      once(
          containers,
          "CONTAINER_TWICE",
          "container",
          container.name(),
          pod,
          container.place(),
          report);
      Map<String, Place> paths = new HashMap<>();
      for (Mount mount : container.mounts()) {
        once(paths, "MOUNT_PATH_TWICE", "mountPath", mount.path(), pod, mount.place(), report);
      }
    }
    Map<String, Place> volumes = new HashMap<>();
    for (Volume volume : pod.volumes()) {
      once(volumes, "VOLUME_TWICE", "volume", volume.name(), pod, volume.place(), report);
    }
  }

  private static void once(
      Map<String, Place> seen,
      String code,
      String what,
      String name,
      Pod pod,
      Place place,
      Report report) {
    Optional<Place> first = Optional.ofNullable(seen.putIfAbsent(name, place));
    if (first.isPresent() && !name.isEmpty()) {
      report.add(
          code,
          CRITICAL,
          pod,
          place,
          what
              + " "
              + Quote.of(name)
              + " is there twice, first in line "
              + first.get().line()
              + ": the kubelet refuses the pod",
          "remove or rename one of them");
    }
  }

  private static void mounts(Pod pod, Report report) {
    for (Container container : pod.containers()) {
      for (Mount mount : container.mounts()) {
        if (!mount.name().isEmpty() && pod.volume(mount.name()).isEmpty()) {
          report.add(
              "MOUNT_WITHOUT_VOLUME",
              CRITICAL,
              pod,
              mount.place(),
              "volumeMount "
                  + Quote.of(mount.name())
                  + " has no volume of this name:"
                  + " the kubelet refuses the pod, and "
                  + pod.subject()
                  + " does not run",
              mount.path().startsWith("/var/run/secrets/kubernetes.io/")
                  ? "remove the mount: the API server adds it to pods, but never to static ones"
                  : "add the volume under spec.volumes, or remove the mount");
        }
      }
    }
  }

  private static void unusedVolumes(Pod pod, Report report) {
    Set<String> used =
        pod.containers().stream()
            .flatMap(container -> container.mounts().stream())
            .map(Mount::name)
            .collect(Collectors.toSet());
    for (Volume volume : pod.volumes()) {
      if (!volume.name().isEmpty() && !used.contains(volume.name())) {
        report.add(
            "VOLUME_UNUSED",
            ADVICE,
            pod,
            volume.place(),
            "volume " + Quote.of(volume.name()) + " is mounted by no container",
            "mount it, or remove it");
      }
    }
  }

  private static void hostNetwork(Pod pod, Report report) {
    boolean master =
        Program.of(pod).stream().anyMatch(p -> p.component().isPresent() && !p.container().init());
    if (master && !pod.hostNetwork()) {
      report.add(
          "HOST_NETWORK_MISSING",
          CRITICAL,
          pod,
          pod.place(),
          "hostNetwork is not true: the pod waits for a pod network that needs this pod first,"
              + " and 127.0.0.1 in it is not this host's",
          "add hostNetwork: true under spec");
    }
  }

  private static void hostPorts(Pod pod, Report report) {
    for (Container container : pod.containers()) {
      for (Pod.Port port : container.ports()) {
        if (pod.hostNetwork() && port.host().isPresent() && !port.host().equals(port.port())) {
          report.add(
              "HOST_PORT_MISMATCH",
              CRITICAL,
              pod,
              port.place(),
              "hostPort "
                  + port.host().get()
                  + " is not the containerPort, though hostNetwork is"
                  + " true: the kubelet refuses the pod",
              "make them equal, or remove hostPort");
        }
      }
    }
  }
}
