package io.hasupervisor.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The keys of one probe. */
final class ProbeKeys {
  private static final Duration TENTH = Duration.ofMillis(100);
  private static final Pattern OF = Pattern.compile("([0-9]{1,3}) of ([0-9]{1,3})");

  /** What is asked. */
  enum Kind {
    HTTP,
    DOCKER,
    TCP,
    UNIX,
    COMMAND,
    PROCESS
  }

  /** Failures within the newest results. */
  record Of(int failures, int window) {}

  static final Key<Kind> TYPE = Key.mandatory("type", Words.choice(Kind.class), Kind.PROCESS);
  static final Key<Boolean> ENABLED = Key.of("enabled", Words.TRUTH, true);

  static final Key<URI> URL =
      Key.mandatory("url", Url.TYPE, URI.create("http://localhost/")).onlyFor("http");
  static final Key<Optional<Path>> UNIX_SOCKET =
      Key.of("unix-socket", Words.ABSOLUTE.orNone(), Optional.<Path>empty())
          .onlyFor("http", "docker", "unix");
  static final Key<List<Integer>> STATUSES =
      Key.of(
              "statuses",
              Amounts.whole(100, 599)
                  .set()
                  .where(some -> !some.isEmpty(), "must name at least one"),
              List.of(200))
          .onlyFor("http");
  static final Key<Optional<String>> BODY_CONTAINS =
      Key.of("body-contains", Words.ANY.orNone(), Optional.<String>empty()).onlyFor("http");
  static final Key<Optional<Path>> CA =
      Key.of("ca", Words.ABSOLUTE.orNone(), Optional.<Path>empty()).onlyFor("http");
  static final Key<Optional<Path>> CERTIFICATE =
      Key.of("client-certificate", Words.ABSOLUTE.orNone(), Optional.<Path>empty()).onlyFor("http");
  static final Key<Optional<Path>> KEY =
      Key.of("client-key", Words.ABSOLUTE.orNone(), Optional.<Path>empty()).onlyFor("http");
  static final Key<Optional<Path>> BEARER_TOKEN_FILE =
      Key.of("bearer-token-file", Words.ABSOLUTE.orNone(), Optional.<Path>empty()).onlyFor("http");
  static final Key<Boolean> INSECURE = Key.of("insecure", Words.TRUTH, false).onlyFor("http");

  static final Key<Address> ADDRESS =
      Key.mandatory("address", Address.TYPE, new Address("127.0.0.1", 1)).onlyFor("tcp");

  static final Key<List<String>> COMMAND =
      Key.mandatory("command", Words.COMMAND, List.of("/")).onlyFor("command");
  static final Key<List<Integer>> EXIT_CODES =
      Key.of(
              "exit-codes",
              Amounts.whole(0, 255).set().where(some -> !some.isEmpty(), "must name at least one"),
              List.of(0))
          .onlyFor("command");

  static final Key<Duration> PERIOD =
      Key.of("period", Amounts.duration(TENTH), Duration.ofSeconds(5));
  static final Key<Duration> DEADLINE =
      Key.of("deadline", Amounts.duration(TENTH), Duration.ofSeconds(5));
  static final Key<Integer> FAILURES = Key.of("failures", Amounts.whole(1, 100), 3);
  static final Key<Optional<Of>> FAILURES_OF =
      Key.of(
          "failures-of",
          Type.text("\"X of Y\" with X from 1 to Y and Y up to 100, such as 5 of 8", ProbeKeys::of)
              .orNone(),
          Optional.of(new Of(5, 8)));
  static final Key<Integer> PASSES = Key.of("passes", Amounts.whole(1, 100), 1);
  static final Key<Duration> GRACE =
      Key.of("grace", Amounts.duration(Duration.ZERO), Duration.ZERO);
  static final Key<Duration> STALE_AFTER =
      Key.of("stale-after", Amounts.duration(TENTH), Duration.ZERO);

  static final Shape SHAPE =
      Shape.of(
              ENABLED,
              TYPE,
              URL,
              UNIX_SOCKET,
              STATUSES,
              BODY_CONTAINS,
              CA,
              CERTIFICATE,
              KEY,
              BEARER_TOKEN_FILE,
              INSECURE,
              ADDRESS,
              COMMAND,
              EXIT_CODES,
              PERIOD,
              DEADLINE,
              FAILURES,
              FAILURES_OF,
              PASSES,
              GRACE,
              STALE_AFTER)
          .by(TYPE);

  private ProbeKeys() {}

  private static Optional<Of> of(String text) {
    Matcher matcher = OF.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Of of = new Of(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    return Optional.of(of)
        .filter(o -> o.failures >= 1 && o.failures <= o.window && o.window <= 100);
  }
}
