package io.hasupervisor.act.backup;

import io.hasupervisor.host.Clock;
import io.hasupervisor.observe.backup.Pace;
import io.hasupervisor.observe.backup.SnapshotCheck;
import io.hasupervisor.observe.backup.SnapshotCheck.Checked;
import io.hasupervisor.observe.etcd.SnapshotStream;
import io.hasupervisor.observe.etcd.SnapshotStream.Piece;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Writes a snapshot to a new file while it comes, and checks it on the way; holds one piece. */
record SnapshotWriter(Clock clock, PartFile.Opening opening, Pace pace, Progress progress) {
  static final Duration STALL = Duration.ofSeconds(30);
  static final Duration TOTAL = Duration.ofMinutes(15);

  /** Else all of it would go to the disk at the end, in etcd's way. */
  private static final long SYNC_EVERY = 64L << 20;

  /**
   * Writes all of it and syncs.
   *
   * @param most bytes that are taken
   * @throws IOException when the member ends early, is silent for 30 seconds, sends for 15 minutes
   *     or more than {@code most}, or the disk fails
   */
  Checked write(SnapshotStream stream, Path part, long most)
      throws IOException, InterruptedException {
    SnapshotCheck check = new SnapshotCheck();
    Duration end = clock.now().plus(TOTAL);
    long remaining = 0;
    long unsynced = 0;
    try (PartFile file = opening.create(part)) {
      for (Optional<Piece> piece = next(stream, end);
          piece.isPresent();
          piece = next(stream, end)) {
        byte[] bytes = piece.get().bytes();
        remaining = piece.get().remaining();
        check.feed(bytes, 0, bytes.length);
        if (check.size() > most) {
          throw new IOException(
              "etcd sent more than %d MiB, far more than its database has".formatted(most >> 20));
        }
        file.write(bytes);
        unsynced += bytes.length;
        if (unsynced > SYNC_EVERY) {
          file.sync();
          unsynced = 0;
        }
        progress.received(check.size(), check.size() + Math.max(0, remaining));
        pace.passed(bytes.length);
      }
      file.sync();
    }
    return check.end(remaining);
  }

  private Optional<Piece> next(SnapshotStream stream, Duration end)
      throws IOException, InterruptedException {
    Duration left = end.minus(clock.now());
    if (left.compareTo(Duration.ZERO) <= 0) {
      throw new IOException("it was not done within " + TOTAL.toMinutes() + " minutes");
    }
    return stream.next(left.compareTo(STALL) < 0 ? left : STALL);
  }
}
