package io.hasupervisor;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Something that is made by whoever first uses it, whose thread then loads its many classes; nobody
 * gets it once it is closed.
 */
final class FirstUse<T extends AutoCloseable> implements AutoCloseable {
  private final Supplier<T> maker;
  private Optional<T> made = Optional.empty();
  private boolean closed;

  FirstUse(Supplier<T> maker) {
    this.maker = maker;
  }

  synchronized T get() throws InterruptedException {
    if (closed) {
      throw new InterruptedException("nobody wants to know any more");
    }
    if (made.isEmpty()) {
      made = Optional.of(maker.get());
    }
    return made.get();
  }

  @Override
  public synchronized void close() {
    closed = true;
    made.ifPresent(Closing::quietly);
  }
}
