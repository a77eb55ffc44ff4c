package io.hasupervisor.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Questions that are under way at once, each in a thread of its own that only waits: whatever may
 * block, as the look-up of a name, has another one. Sickness is an answer, so that an exception is
 * a bug.
 */
public final class AtOnce implements AutoCloseable {
  private final ExecutorService threads;

  /** Nothing is asked yet; {@code name} is that of the threads. */
  public AtOnce(String name) {
    this.threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name).factory());
  }

  /** Begins to ask. */
  public <T> Future<T> ask(Callable<T> question) {
    return threads.submit(question);
  }

  /**
   * Waits for the answer.
   *
   * @throws IllegalStateException where asking failed by a bug
   */
  public static <T> T answer(Future<T> asked) throws InterruptedException {
    try {
      return asked.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a question failed by a bug", e.getCause());
    }
  }

  /** All answers, in the order of the questions. */
  public static <T> List<T> all(String name, List<? extends Callable<T>> questions)
      throws InterruptedException {
    try (AtOnce asking = new AtOnce(name)) {
      List<Future<T>> asked = new ArrayList<>();
      for (Callable<T> question : questions) {
        asked.add(asking.ask(question));
      }
      List<T> answers = new ArrayList<>();
      for (Future<T> each : asked) {
        answers.add(answer(each));
      }
      return answers;
    }
  }

  /** Interrupts what is still under way, and does not wait for it. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
