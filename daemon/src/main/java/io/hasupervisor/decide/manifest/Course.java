package io.hasupervisor.decide.manifest;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * How far one placement has come.
 *
 * @param prepared whether the host's files were prepared for it
 * @param placed names of manifests that stood in the directory as wanted since it began: one that
 *     differs later was changed by another hand
 * @param awaited the manifest that is waited for
 */
public record Course(boolean prepared, Set<String> placed, Optional<Wait> awaited) {

  /**
   * One manifest waited for.
   *
   * @param since when the wait began
   * @param counted from when the limit counts: the first container of the new manifest was seen
   * @param disturbed whether something else failed meanwhile, so that containers may have ended for
   *     that reason
   */
  public record Wait(
      String manifest, Duration since, Optional<Duration> counted, boolean disturbed) {}

  public Course {
    placed = Set.copyOf(placed);
  }

  /** Nothing done yet. */
  static Course fresh() {
    return new Course(false, Set.of(), Optional.empty());
  }

  /** All has stood in the directory before. */
  static Course over(Target target) {
    return new Course(true, Set.of(), Optional.empty())
        .withPlaced(target.manifests().stream().map(manifest -> manifest.name()).toList());
  }

  Course withPrepared() {
    return new Course(true, placed, awaited);
  }

  Course withPlaced(Collection<String> names) {
    Set<String> more = new HashSet<>(placed);
    more.addAll(names);
    return new Course(prepared, more, awaited);
  }

  Course waiting(Optional<Wait> next) {
    return new Course(prepared, placed, next);
  }
}
