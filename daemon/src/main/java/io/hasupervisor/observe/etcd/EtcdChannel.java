package io.hasupervisor.observe.etcd;

import io.hasupervisor.cluster.EtcdSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One connection to one member's gRPC API, kept between questions and made anew by itself. Calls
 * block, end at their deadline, and can be interrupted.
 */
public final class EtcdChannel implements AutoCloseable {

  /** Nothing is connected yet; certificates are read anew when they change. */
  public static EtcdChannel to(String url, Optional<EtcdSettings.Tls> tls) {
    throw new UnsupportedOperationException(url);
  }

  /** E1: a read that goes through consensus. */
  public Answer<Header> read(Duration deadline) throws InterruptedException {
    throw new UnsupportedOperationException();
  }

  /** E2: a read of this member's own store. */
  public Answer<Header> readLocal(Duration deadline) throws InterruptedException {
    throw new UnsupportedOperationException();
  }

  /** E3. */
  public Answer<StatusSeen> status(Duration deadline) throws InterruptedException {
    throw new UnsupportedOperationException();
  }

  /** The member list; through consensus where the version can. */
  public Answer<MemberList> members(Duration deadline) throws InterruptedException {
    throw new UnsupportedOperationException();
  }

  /** The values below a prefix, read through consensus. */
  public Answer<Map<String, byte[]>> list(String prefix, Duration deadline)
      throws InterruptedException {
    throw new UnsupportedOperationException();
  }

  /** Writes a key. */
  public Answer<Header> put(String key, byte[] value, Duration deadline)
      throws InterruptedException {
    throw new UnsupportedOperationException();
  }

  /** Removes a key. */
  public Answer<Header> delete(String key, Duration deadline) throws InterruptedException {
    throw new UnsupportedOperationException();
  }

  /** A snapshot of the database, as fast as its reader takes it. */
  public SnapshotStream snapshot() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}

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
  }

  /**
   * A piece of a snapshot.
   *
   * @param remaining bytes that follow, by the member's word
   */
  public record Piece(byte[] bytes, long remaining) {}
}
