package io.hasupervisor.assess.leader;

import io.hasupervisor.observe.manifest.PodSeen;
import io.hasupervisor.observe.manifest.PodSeen.ContainerSeen;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a running instance takes part in its component's election, by its arguments. */
enum Elects {
  YES,
  /** It works without asking anybody. */
  NO,
  /** The flag is missing, and its default in that version is not to. */
  NOT_BY_DEFAULT,
  /** The flag is missing, and the version is not known. */
  BY_UNKNOWN_DEFAULT;

  /** Also within one long argument, as {@code sh -c} has it in the seed's manifests. */
  private static final Pattern FLAG =
      Pattern.compile("(?:^|[\\s\"'])--leader[-_]elect(?:=[\"']?(\\w+))?(?=[\\s\"']|$)");

  /** It takes the place of flags. */
  private static final Pattern CONFIG = Pattern.compile("(?:^|\\s)--config[= ]");

  private static final Pattern VERSION = Pattern.compile(":v1\\.(\\d{1,3})\\.(\\d{1,3})\\b");

  /** The containers of this component that run now. */
  static List<ContainerSeen> running(PodSeen pod, String component) {
    return pod.containers().stream()
        .filter(ContainerSeen::running)
        .filter(
            it ->
                it.container().equals(component)
                    || it.arguments().stream().anyMatch(word -> word.contains(component)))
        .toList();
  }

  static Elects of(ContainerSeen container, String component) {
    String words = String.join(" ", container.arguments());
    // The last one counts.
    List<MatchResult> flags = FLAG.matcher(words).results().toList();
    if (!flags.isEmpty()) {
      String value = flags.getLast().group(1);
      return value == null || List.of("1", "t", "T", "TRUE", "true", "True").contains(value)
          ? YES
          : NO;
    }
    return words.isBlank() || CONFIG.matcher(words).find()
        ? YES
        : byDefault(container.images(), component);
  }

  /**
   * The flag came with Kubernetes 1.2 as false and became true with 1.4 (kubernetes#29207); 1.9.0
   * to 1.9.3 lost that for the scheduler alone (kubernetes#59729, #60526).
   */
  private static Elects byDefault(List<String> images, String component) {
    for (String image : images) {
      Matcher version = VERSION.matcher(image);
      if (version.find()) {
        int minor = Integer.parseInt(version.group(1));
        int patch = Integer.parseInt(version.group(2));
        boolean lost = component.equals("kube-scheduler") && minor == 9 && patch <= 3;
        return minor < 4 || lost ? NOT_BY_DEFAULT : YES;
      }
    }
    return BY_UNKNOWN_DEFAULT;
  }
}
