package io.hasupervisor;

import java.util.ArrayDeque;
import java.util.Deque;
import org.tinylog.Logger;

/** Closes what was built, in reverse; one that fails does not keep the others from being closed. */
final class Closing implements AutoCloseable {
  private final Deque<AutoCloseable> built = new ArrayDeque<>();

  <T extends AutoCloseable> T add(T part) {
    built.push(part);
    return part;
  }

  @Override
  public void close() {
    while (!built.isEmpty()) {
      quietly(built.pop());
    }
  }

  /** Closes one; that it fails is only told. */
  static void quietly(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      Logger.warn(e, "{} did not close", part.getClass().getSimpleName());
    }
  }
}
