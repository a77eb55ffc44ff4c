package io.hasupervisor.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The keys of what is saved before a kill. */
final class EvidenceKeys {
  /** Those by which programs dump themselves; TERM or KILL would end what is to be examined. */
  private static final Map<String, Optional<String>> SIGNALS = new LinkedHashMap<>();

  static {
    for (String name : List.of("USR1", "USR2", "QUIT", "HUP")) {
      SIGNALS.put(name, Optional.of(name));
    }
    SIGNALS.put("none", Optional.empty());
  }

  static final Key<Optional<String>> SIGNAL =
      Key.of("signal", Words.choice(SIGNALS), Optional.empty());
  static final Key<List<String>> DUMPS =
      Key.of(
          "dumps",
          Words.matching(
                  Pattern.compile("(/[^/*?\\[{\\\\]+)+/[^/]+"),
                  "an absolute path with * or ? in its last part only")
              .set(),
          List.of());
  static final Key<Optional<URI>> URL =
      Key.of("url", io.hasupervisor.config.Url.TYPE.orNone(), Optional.empty());
  static final Key<Optional<Path>> CERTIFICATE =
      Key.of("client-certificate", Words.ABSOLUTE.orNone(), Optional.empty());
  static final Key<Optional<Path>> KEY =
      Key.of("client-key", Words.ABSOLUTE.orNone(), Optional.empty());
  static final Key<Optional<Path>> LOG = Key.of("log", Words.ABSOLUTE.orNone(), Optional.empty());
  static final Key<Integer> JOURNAL_LINES = Key.of("journal-lines", Amounts.whole(0, 10_000), 100);

  static final Shape SHAPE = Shape.of(SIGNAL, DUMPS, URL, CERTIFICATE, KEY, LOG, JOURNAL_LINES);

  private EvidenceKeys() {}
}
