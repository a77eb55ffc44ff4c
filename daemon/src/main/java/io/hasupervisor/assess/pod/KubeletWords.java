package io.hasupervisor.assess.pod;

import io.hasupervisor.observe.manifest.KubeletSeen.Waiting;
import io.hasupervisor.observe.manifest.PodSeen;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the kubelet waits for, as part of a sentence. */
public final class KubeletWords {
  /** Reasons of the kubelet for which there is no image (kubelet/images/types.go). */
  private static final Set<String> NO_IMAGE =
      Set.of(
          "ImagePullBackOff",
          "ErrImagePull",
          "ErrImageNeverPull",
          "InvalidImageName",
          "ImageInspectError",
          "RegistryUnavailable",
          "SignatureValidationFailed");

  /** It is on its way. */
  private static final Set<String> NORMAL = Set.of("ContainerCreating", "PodInitializing", "");

  private KubeletWords() {}

  /** Of all of a pod's containers; empty where none waits, or not for anything unusual. */
  public static String of(PodSeen seen) {
    return ContainerLife.of(seen).stream()
        .flatMap(life -> life.waiting().map(it -> of(life, it)).stream())
        .filter(words -> !words.isEmpty())
        .collect(Collectors.joining("; "));
  }

  /** Whether it waits because its containers end again and again. */
  public static boolean backsOff(Waiting waiting) {
    return waiting.reason().equals("CrashLoopBackOff");
  }

  static boolean lacksImage(Waiting waiting) {
    return NO_IMAGE.contains(waiting.reason());
  }

  private static String of(ContainerLife life, Waiting waiting) {
    if (NORMAL.contains(waiting.reason())) {
      return "";
    }
    Optional<String> message = Optional.of(waiting.message()).filter(it -> !it.isEmpty());
    if (lacksImage(waiting)) {
      return "image "
          + life.image()
          + " cannot be pulled: "
          + message.map(it -> waiting.reason() + ", " + it).orElse(waiting.reason());
    }
    return backsOff(waiting)
        ? "the kubelet waits before it starts " + life.name() + " again: CrashLoopBackOff"
        : "the kubelet cannot start "
            + life.name()
            + ": "
            + message.map(it -> waiting.reason() + ", " + it).orElse(waiting.reason());
  }
}
