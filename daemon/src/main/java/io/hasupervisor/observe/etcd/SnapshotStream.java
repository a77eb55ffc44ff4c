package io.hasupervisor.observe.etcd;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The pieces of a snapshot, in order. */
public interface SnapshotStream extends AutoCloseable {
  /**
   * The next piece; empty after the last one.
   *
   * @param stall longest wait for it
   * @throws IOException when the member ends the stream early, refuses, or is silent for too long
   */
  Optional<Piece> next(Duration stall) throws IOException, InterruptedException;

  @Override
  void close();

  /**
   * A piece of a snapshot, never compared; its bytes are the reader's own.
   *
   * @param remaining bytes that follow, by the member's word
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Piece(byte[] bytes, long remaining) {}
}
