package io.hasupervisor.act.backup;

/** Is told how far a backup is. */
public interface Progress {

  /** What has been done. */
  enum Step {
    /** All bytes came and are on disk. */
    STREAMED,
    /** They are what the member sent, and a database. */
    VERIFIED,
    /** What is known of it is on disk. */
    DESCRIBED,
    /** It stands under its name. */
    IN_PLACE,
    /** Old ones are gone. */
    PRUNED
  }

  /**
   * Bytes came.
   *
   * @param expected all of them, as far as the member has told
   */
  void received(long bytes, long expected);

  /** A step is done. */
  void reached(Step step);

  /** For nobody. */
  static Progress none() {
    return new Progress() {
      @Override
      public void received(long bytes, long expected) {}

      @Override
      public void reached(Step step) {}
    };
  }
}
