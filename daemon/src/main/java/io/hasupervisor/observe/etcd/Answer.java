package io.hasupervisor.observe.etcd;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** What came of one question. */
public sealed interface Answer<T> {

  /** Answered. */
  record Got<T>(T value, Duration took) implements Answer<T> {}

  /**
   * Not answered, or not with what was asked for.
   *
   * @param detail a few words for a person, without secrets
   */
  record Failed<T>(Fault fault, String detail, Duration took) implements Answer<T> {}

  /** Left out, because it would tell nothing or is impossible by design. */
  record NotAsked<T>(String why) implements Answer<T> {}

  /** The value, where there is one. */
  default Optional<T> got() {
    return this instanceof Got<T> answer ? Optional.of(answer.value()) : Optional.empty();
  }

  /** Why it failed, where it did. */
  default Optional<Fault> failure() {
    return this instanceof Failed<T> failed ? Optional.of(failed.fault()) : Optional.empty();
  }

  /** The same, with something made of the value. */
  default <B> Answer<B> map(Function<? super T, ? extends B> made) {
    return switch (this) {
      case Got<T> got -> new Got<>(made.apply(got.value()), got.took());
      case Failed<T> failed -> new Failed<>(failed.fault(), failed.detail(), failed.took());
      case NotAsked<T> not -> new NotAsked<>(not.why());
    };
  }

  /** Whether it was answered. */
  default boolean ok() {
    return this instanceof Got<T>;
  }
}
