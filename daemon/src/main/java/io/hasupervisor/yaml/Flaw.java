package io.hasupervisor.yaml;

/** Why a text is not taken, for readers that tell their users by a stable word. */
public enum Flaw {
  NOT_UTF8,
  CONTROL_CHARACTER,
  SYNTAX,
  ALIAS,
  TAG,
  KEY_TWICE,
  KEY_NOT_A_WORD,
  SEVERAL_DOCUMENTS,
  TOO_DEEP,
  ROOT_NOT_A_MAP;

  /** Who is told of flaws. */
  @FunctionalInterface
  public interface Listener {
    /**
     * One more flaw.
     *
     * @param path the key's path; may be empty
     */
    void found(Flaw flaw, Place place, String path, String message);
  }
}
