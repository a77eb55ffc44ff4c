package io.hasupervisor.disruption;

/** A rule that the masters broke. */
final class Violation extends AssertionError {
  private static final long serialVersionUID = 1L;

  Violation(String rule) {
    super(rule);
  }

  static void unless(boolean holds, String rule) {
    if (!holds) {
      throw new Violation(rule);
    }
  }
}
