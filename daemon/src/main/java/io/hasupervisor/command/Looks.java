package io.hasupervisor.command;

import io.hasupervisor.assess.preflight.Area;
import io.hasupervisor.assess.preflight.Check;
import io.hasupervisor.observe.Excerpt;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

/** Looks at many things, all under way at once and none longer than a common limit. */
final class Looks {
  private static final Duration TELL_EVERY = Duration.ofMillis(500);

  private final Map<String, FutureTask<?>> all = new LinkedHashMap<>();
  private final Duration limit;
  private final long begun = System.nanoTime();

  Looks(Duration limit) {
    this.limit = limit;
  }

  /** What came of a look. */
  sealed interface Outcome<T> {
    record Got<T>(T value) implements Outcome<T> {}

    /** Nothing; {@code why} is a clause. */
    record None<T>(String why) implements Outcome<T> {}
  }

  /** A look under way. */
  final class Look<T> {
    private final FutureTask<T> task;

    private Look(FutureTask<T> task) {
      this.task = task;
    }

    /** Waits for it, as long as there is time left for all. */
    Outcome<T> outcome() throws InterruptedException {
      try {
        return new Outcome.Got<>(task.get(left(), TimeUnit.NANOSECONDS));
      } catch (TimeoutException e) {
        return new Outcome.None<>("this took longer than " + Excerpt.of(limit));
      } catch (ExecutionException e) {
        Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
        return new Outcome.None<>(Excerpt.of(cause.toString()));
      }
    }

    /** What it found; empty where it did not. */
    Optional<T> got() throws InterruptedException {
      return switch (outcome()) {
        case Outcome.Got<T> got -> Optional.of(got.value());
        case Outcome.None<T> _ -> Optional.empty();
      };
    }

    /** What {@code rule} makes of it, or why nobody could look. */
    List<Check> judged(Area area, Function<T, List<Check>> rule) throws InterruptedException {
      return switch (outcome()) {
        case Outcome.Got<T> got -> rule.apply(got.value());
        case Outcome.None<T> none ->
            List.of(Check.notChecked(area, "", none.why(), "ha-supervisor preflight, once more"));
      };
    }
  }

  /** Begins; a look that hangs in the kernel does not keep the program from ending. */
  <T> Look<T> begin(String name, Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    all.put(name, task);
    // Not virtual: names, unix sockets and dead mounts block the carrier of all virtual threads.
    Thread.ofPlatform().daemon().name("look at " + name).start(task);
    return new Look<>(task);
  }

  /**
   * Waits until all have ended or the time is over.
   *
   * @param waiting told twice a second what is still waited for
   */
  void await(Consumer<List<String>> waiting) throws InterruptedException {
    for (FutureTask<?> task : all.values()) {
      while (!task.isDone() && left() > 0) {
        waiting.accept(open());
        await(task, Math.min(left(), TELL_EVERY.toNanos()));
      }
    }
    waiting.accept(List.of());
  }

  private static void await(FutureTask<?> task, long nanos) throws InterruptedException {
    try {
      Object _ = task.get(nanos, TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // Told where its outcome is asked for.
      return;
    }
  }

  private List<String> open() {
    return all.entrySet().stream()
        .filter(each -> !each.getValue().isDone())
        .map(Map.Entry::getKey)
        .toList();
  }

  private long left() {
    return Math.max(0, limit.toNanos() - (System.nanoTime() - begun));
  }
}
