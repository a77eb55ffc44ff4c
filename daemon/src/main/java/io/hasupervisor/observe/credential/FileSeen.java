package io.hasupervisor.observe.credential;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * One file, and what could be made of it.
 *
 * @param access empty where there is nothing
 */
public record FileSeen<T>(Path path, Optional<Access> access, Content<T> content) {

  /**
   * Who may use it.
   *
   * @param mode the twelve permission bits
   * @param changed when its content, mode or owner last changed, by the wall clock
   * @param link where it really is, where the path is a symbolic link
   */
  public record Access(int mode, long owner, Instant changed, Optional<Path> link) {}

  /** What is in it. */
  public sealed interface Content<T> {}

  /** There is nothing, or a link that leads nowhere. */
  public record Missing<T>() implements Content<T> {}

  /** It is something else than a file: {@code what} it is. */
  public record NotAFile<T>(String what) implements Content<T> {}

  /** It could not be read. */
  public record Unreadable<T>(String why) implements Content<T> {}

  /** It is not what it should be; {@code why} quotes nothing of it. */
  public record Malformed<T>(String why) implements Content<T> {}

  /** It is what it should be. */
  public record Read<T>(T value) implements Content<T> {}

  /** Its content, where it could be read and understood. */
  public Optional<T> value() {
    return content instanceof Read<T>(T value) ? Optional.of(value) : Optional.empty();
  }

  /** Whether there is something at all. */
  public boolean exists() {
    return !(content instanceof Missing<T>);
  }

  /** The same file with its content understood further. */
  <R> FileSeen<R> map(Function<T, R> further) {
    return then(value -> new Read<>(further.apply(value)));
  }

  /** The same file with its content understood further, or not. */
  <R> FileSeen<R> then(Function<T, Content<R>> further) {
    return new FileSeen<>(
        path,
        access,
        switch (content) {
          case Missing<T> _ -> new Missing<>();
          case NotAFile<T>(String what) -> new NotAFile<>(what);
          case Unreadable<T>(String why) -> new Unreadable<>(why);
          case Malformed<T>(String why) -> new Malformed<>(why);
          case Read<T>(T value) -> further.apply(value);
        });
  }
}
