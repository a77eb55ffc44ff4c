package io.hasupervisor.assess.manifest;

/** Whether what runs is what a manifest says. */
public sealed interface PodVerdict {

  /** All containers run, were made after the placement, and have its image and arguments. */
  record Matches() implements PodVerdict {}

  /** Not there yet, or being replaced; {@code why} in a few words. */
  record Starting(String why) implements PodVerdict {}

  /** The pod of an earlier manifest still runs beside or instead; {@code id} of its container. */
  record Outdated(String id, String why) implements PodVerdict {}

  /**
   * Its containers end again and again.
   *
   * @param ends containers that ended within the last two minutes
   * @param why exit code and docker's words
   */
  record Crashing(int ends, String why) implements PodVerdict {}

  /** Docker cannot be asked. */
  record Unknown(String why) implements PodVerdict {}

  /** For the status: {@code matches}, {@code starting}, … */
  default String label() {
    return switch (this) {
      case Matches _ -> "matches";
      case Starting _ -> "starting";
      case Outdated _ -> "outdated";
      case Crashing _ -> "crashing";
      case Unknown _ -> "unknown";
    };
  }

  /** Why, in a few words; empty for {@link Matches}. */
  default String detail() {
    return switch (this) {
      case Matches _ -> "";
      case Starting starting -> starting.why();
      case Outdated outdated -> outdated.why();
      case Crashing crashing -> crashing.why();
      case Unknown unknown -> unknown.why();
    };
  }
}
