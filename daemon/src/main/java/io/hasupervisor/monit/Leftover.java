package io.hasupervisor.monit;

/**
 * A statement, or a part of one, that was not imported.
 *
 * @param words the statement, without what may be secret
 * @param instead why not, and what to do instead
 */
public record Leftover(Origin at, String words, String instead) {

  /** In one line. */
  @Override
  public String toString() {
    return at + ": " + words + ": " + instead;
  }
}
