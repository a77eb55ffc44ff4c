package io.hasupervisor.assess.manifest;

import io.hasupervisor.observe.manifest.PodSeen.ContainerSeen;
import io.hasupervisor.observe.manifest.StaticPod.Container;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares what a manifest says of a container with what docker tells of one. */
final class ContainerMatch {
  /**
   * {@code $(NAME)}, which the kubelet replaces from the container's environment, and {@code $$}.
   */
  private static final String EXPANDED = "\\$(\\$|\\([-._a-zA-Z][-._a-zA-Z0-9]*\\))";

  private static final String HUB = "docker.io/";

  private ContainerMatch() {}

  /**
   * In what the container differs, such as {@code image: a:1, not a:2}; the values of arguments are
   * not told, for some are secrets.
   */
  static Optional<String> difference(Container wanted, ContainerSeen seen) {
    return image(wanted, seen).or(() -> arguments(wanted, seen));
  }

  /** An image that is known by its id alone cannot be compared; it is taken for the right one. */
  private static Optional<String> image(Container wanted, ContainerSeen seen) {
    List<String> names =
        seen.images().stream()
            .filter(image -> !image.matches("(sha256:)?[0-9a-f]{12,64}"))
            .toList();
    boolean same =
        names.isEmpty() || names.stream().anyMatch(it -> full(it).equals(full(wanted.image())));
    return same
        ? Optional.empty()
        : Optional.of("image: " + names.getFirst() + ", not " + wanted.image());
  }

  /**
   * {@code busybox} is {@code docker.io/library/busybox:latest}; a digest counts more than a tag.
   */
  private static String full(String image) {
    int digest = image.indexOf('@');
    String rest = digest < 0 ? image : image.substring(0, digest);
    int colon = rest.indexOf(':', rest.lastIndexOf('/') + 1);
    String name = colon < 0 ? rest : rest.substring(0, colon);
    String tag = colon < 0 ? ":latest" : rest.substring(colon);
    String host = name.substring(0, Math.max(0, name.indexOf('/')));
    boolean registry = host.contains(".") || host.contains(":") || host.equals("localhost");
    String owned = name.contains("/") ? name : "library/" + name;
    return (registry ? name : HUB + owned) + (digest < 0 ? tag : image.substring(digest));
  }

  private static Optional<String> arguments(Container wanted, ContainerSeen seen) {
    List<String> asked = new ArrayList<>(wanted.command());
    asked.addAll(wanted.args());
    List<String> has = seen.arguments();
    boolean whole = !wanted.command().isEmpty();
    if (has.size() < asked.size() || (whole && has.size() != asked.size())) {
      return Optional.of("number of arguments");
    }
    // Before the manifest's arguments stands the image's own entry point.
    List<String> last = has.subList(has.size() - asked.size(), has.size());
    for (int i = 0; i < asked.size(); i++) {
      if (!fits(asked.get(i), last.get(i))) {
        return Optional.of("argument: " + flag(asked.get(i), i));
      }
    }
    return Optional.empty();
  }

  private static boolean fits(String asked, String has) {
    if (asked.equals(has)) {
      return true;
    }
    String pattern =
        "(?s)\\Q"
            + asked.replace("\\E", "\\E\\\\E\\Q").replaceAll(EXPANDED, "\\\\E.*\\\\Q")
            + "\\E";
    return asked.contains("$") && has.matches(pattern);
  }

  /** {@code --token-auth-file}, or the argument's number. */
  private static String flag(String argument, int index) {
    int equals = argument.indexOf('=');
    return argument.startsWith("--") && equals > 0
        ? argument.substring(0, equals)
        : "number " + (index + 1);
  }
}
