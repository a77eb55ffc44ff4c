package io.hasupervisor.act;

import java.time.Duration;

/** The moment at which something has taken long enough. */
record Deadline(long nanoTime) {
  /** A century: for what does not wait for anybody. */
  static final Deadline NONE = in(Duration.ofDays(36_525));

  static Deadline in(Duration limit) {
    return new Deadline(System.nanoTime() + limit.toNanos());
  }

  /** Time left, at least one millisecond: zero means for ever to sockets. */
  Duration left() {
    return Duration.ofNanos(Math.max(1_000_000, nanoTime - System.nanoTime()));
  }

  boolean over() {
    return System.nanoTime() - nanoTime >= 0;
  }
}
