package io.hasupervisor.decide.manifest;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.cluster.Manifest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether the configuration would give other manifests than those placed. */
public final class ConfigRule {
  private ConfigRule() {}

  /** At most one finding per code. */
  public static List<Finding> findings(Rendering rendering, Optional<Target> placed) {
    return switch (rendering) {
      case Rendering.Refused(List<Finding> problems) ->
          List.of(
              Finding.of(
                  "CONFIG_NOT_RENDERED",
                  Severity.WARNING,
                  "templates",
                  "The configuration gives no manifests any more ("
                      + problems.size()
                      + (problems.size() == 1 ? " problem" : " problems, first")
                      + ": "
                      + problems.stream().findFirst().map(Finding::text).orElse("unknown")
                      + "); what was placed goes on.",
                  "See all of them with: ha-supervisor manifests validate"));
      case Rendering.Done(List<Manifest> wanted) ->
          placed.map(target -> differing(wanted, target)).orElseGet(() -> nothing(wanted));
    };
  }

  private static List<Finding> nothing(List<Manifest> wanted) {
    return wanted.isEmpty()
        ? List.of()
        : List.of(
            notPlaced("The configuration names manifests, and none was ever placed from here."));
  }

  private static List<Finding> differing(List<Manifest> wanted, Target target) {
    List<String> names =
        Stream.concat(
                wanted.stream()
                    .filter(
                        manifest ->
                            target
                                .find(manifest.name())
                                .filter(placed -> placed.text().equals(manifest.text()))
                                .isEmpty())
                    .map(Manifest::name),
                target.manifests().stream()
                    .map(Manifest::name)
                    .filter(name -> wanted.stream().noneMatch(other -> other.name().equals(name))))
            .toList();
    return names.isEmpty()
        ? List.of()
        : List.of(
            notPlaced(
                "The configuration would give another "
                    + String.join(", ", names)
                    + " than revision "
                    + target.revision()
                    + ", which stands."));
  }

  private static Finding notPlaced(String text) {
    return Finding.of(
        "CONFIG_NOT_PLACED",
        Severity.ADVICE,
        "manifests",
        text,
        "See the difference with \"ha-supervisor manifests diff\" and place it with"
            + " \"ha-supervisor manifests place\".");
  }
}
