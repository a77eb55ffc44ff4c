package io.hasupervisor.monit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A connection that a test tries, part by part.
 *
 * @param parts by keyword
 */
record Connection(Map<String, Part> parts) {

  /**
   * What was said of one keyword.
   *
   * @param operator empty where there is none
   */
  record Part(String operator, String value) {}

  private static final Set<String> FLAGS =
      Set.of("ipv4", "ipv6", "ssl", "tls", "enable", "disable", "tcpssl");

  /** Keyword to the one by which its part is kept. */
  private static final Map<String, String> NAMES = names();

  private static Map<String, String> names() {
    Map<String, String> names = new HashMap<>();
    for (String name :
        List.of(
            "host",
            "port",
            "unixsocket",
            "url",
            "type",
            "protocol",
            "request",
            "status",
            "method",
            "hostheader",
            "content",
            "checksum",
            "username",
            "password",
            "timeout",
            "responsetime",
            "retry",
            "address",
            "send",
            "expect",
            "target",
            "maxforward",
            "secret",
            "origin",
            "version",
            "path",
            "database",
            "certmd5",
            "loglimit",
            "closelimit",
            "dnslimit",
            "keepalivelimit",
            "replylimit",
            "requestlimit",
            "startlimit",
            "waitlimit",
            "gracefullimit",
            "cleanuplimit")) {
      names.put(name, name);
    }
    names.put("unix", "unixsocket");
    names.put("proto", "protocol");
    names.put("portnumber", "port");
    return Map.copyOf(names);
  }

  /** Whether a test is one of a connection. */
  static boolean is(Statement.Test test) {
    return (test.begins("failed") || test.begins("succeeded"))
        && test.condition().size() > 1
        && (test.condition().get(1).in(Set.of("host", "port", "portnumber", "url"))
            || test.condition().get(1).in(Set.of("unix", "unixsocket")));
  }

  /** Empty if there is a word that is not understood. */
  static Optional<Connection> of(List<Token> condition) {
    Map<String, Part> parts = new HashMap<>();
    Cursor words = new Cursor(condition);
    words.take();
    while (!words.atEnd()) {
      Token token = words.take();
      if (token.in(FLAGS)) {
        parts.putIfAbsent(token.word(), new Part("", ""));
        options(words, parts);
      } else if (token.is("http") && words.skip("headers")) {
        parts.put("headers", new Part("", words.atEnd() ? "" : words.take().text()));
      } else if (token.is("certificate")) {
        parts.put(certificate(words), new Part("", ""));
      } else if (token.is("rsakey")) {
        checksum(words);
      } else {
        String name = NAMES.get(token.word());
        String operator = operator(words);
        Optional<String> value = name == null ? Optional.empty() : value(words);
        if (value.isEmpty()) {
          return Optional.empty();
        }
        // A websocket's host comes second.
        parts.putIfAbsent(name, new Part(operator, value.get()));
      }
    }
    return Optional.of(new Connection(Map.copyOf(parts)));
  }

  private static Optional<String> value(Cursor words) {
    Optional<String> value = words.value().map(Token::text);
    words.skip("%");
    words.skipUnit();
    return value;
  }

  /** Up to the closing brace: {@code name: value}, kept as {@code ssl name}. */
  private static void options(Cursor words, Map<String, Part> parts) {
    if (!words.skip("{")) {
      return;
    }
    options(words.until(Set.of("}")))
        .forEach((name, value) -> parts.put("ssl " + name, new Part("", value)));
    words.skip("}");
  }

  /** {@code name: value} of a block, by name in small letters. */
  static Map<String, String> options(List<Token> block) {
    Map<String, String> options = new HashMap<>();
    List<String> pending = new ArrayList<>();
    String name = "";
    for (Token token : block) {
      if (token.is(":")) {
        name = pending.isEmpty() ? name : pending.removeLast().toLowerCase(Locale.ROOT);
      } else if (token.value()) {
        if (!name.isEmpty()) {
          options.putIfAbsent(name, token.text());
        }
        pending.add(token.text());
      }
    }
    return options;
  }

  /** {@code valid for N days}, or a checksum. */
  private static String certificate(Cursor words) {
    if (!words.skip("valid")) {
      checksum(words);
      return "certificate checksum";
    }
    operator(words);
    boolean _ = value(words).isPresent() && (words.skip("days") || words.skip("day"));
    return "certificate days";
  }

  private static void checksum(Cursor words) {
    words.skip("checksum");
    boolean _ = words.skip("md5") || words.skip("sha1");
    operator(words);
    var _ = value(words);
  }

  private static String operator(Cursor words) {
    return words.isNextIn(Keywords.OPERATORS) ? words.take().word() : "";
  }

  boolean has(String keyword) {
    return parts.containsKey(keyword);
  }

  Optional<String> value(String keyword) {
    return Optional.ofNullable(parts.get(keyword)).map(Part::value);
  }

  /** {@code default} where none is said. */
  String protocol() {
    return value("protocol").orElse("default").toLowerCase(Locale.ROOT);
  }

  boolean isHttp() {
    return protocol().equals("http") || protocol().equals("https");
  }

  boolean isSecure() {
    return protocol().equals("https")
        || has("ssl")
        || has("tls")
        || value("type").orElse("").equalsIgnoreCase("tcpssl")
        || parts.keySet().stream().anyMatch(it -> it.startsWith("certificate"));
  }
}
