package io.hasupervisor.loop;

/** What outlives this daemon in a file that is written whole. */
public interface Remembered<M extends Remembered<M>> {

  /** Whether a file of {@code before} would tell a later daemon something else than this. */
  boolean differsFrom(M before);
}
