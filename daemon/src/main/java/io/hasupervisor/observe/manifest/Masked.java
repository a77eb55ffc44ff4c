package io.hasupervisor.observe.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lines of a manifest, or of a program's output, without their secrets: values of flags and
 * variables whose names speak of tokens, passwords, secrets or keys, private keys, passwords in
 * URLs, tokens of discovery services. It goes by lines, for a file that somebody edited need not be
 * YAML any more. Paths are no secrets.
 */
public final class Masked {
  private static final String MASK = "***";

  /** Characters of the longest line that is shown: patterns take their time with longer ones. */
  private static final int LONGEST = 4000;

  /** Lines of the longest variable. */
  private static final int VARIABLE = 20;

  private static final String NAME =
      "[\\w.-]{0,64}(?:token|passw|passphrase|secret|credential|(?:api|access|private|encryption|client)[_-]?key)[\\w.-]{0,64}";
  private static final String VALUE = "(?!true\\b|false\\b|\\d+\\b|/)[^\\s\"',}]+";
  private static final String BETWEEN = "[\"']?(?:\\s*[=:,]\\s*|\\s+)[\"']?";

  private static final Pattern FLAG = pattern("(--?" + NAME + BETWEEN + ")" + VALUE);
  private static final Pattern FIELD =
      pattern(
          "(^\\s*(?:- )?\\{?\\s*[\"']?"
              + NAME
              + "[\"']?\\s*:\\s+)(?![|>]?\\s*$)(?!true\\b|false\\b|/).+");
  private static final Pattern FLOW =
      pattern(
          "(name[\"']?\\s*:\\s*[\"']?" + NAME + "[\"']?\\s*,\\s*[\"']?value[\"']?\\s*:\\s*)[^},]+");

  /** Of maps in one line, as JSON has them. */
  private static final Pattern PAIR = pattern("([\"']" + NAME + "[\"']\\s*:\\s*[\"'])(?!/)[^\"']+");

  private static final Pattern USER = pattern("(://)[^/\\s@]+(?=@)");
  private static final Pattern DISCOVERY =
      pattern(
          "(discovery[\\w.-]{0,64}"
              + BETWEEN
              + "https?://[^\\s\"']{0,300}/|https?://[^\\s\"'/]{0,300}discovery[^\\s\"']{0,300}/"
              + "|https?://[^\\s\"']{0,300}/_etcd/registry/)[^\\s\"'/]+");
  private static final Pattern OPEN_FLAG = pattern("(?:--?" + NAME + ")[\"']?,?\\s*$");
  private static final Pattern OPEN_DISCOVERY = pattern("--?discovery[\"']?,?\\s*$");
  private static final Pattern FIRST_WORD = pattern("^(\\s*(?:- )?[\"']?)" + VALUE);
  private static final Pattern LAST_SEGMENT = pattern("(https?://[^\\s\"']{0,300}/)[^\\s\"'/]+");
  private static final Pattern SECRET_VARIABLE =
      pattern(
          "^\\s*(?:- )?\\{?\\s*[\"']?name[\"']?\\s*:\\s*[\"']?(?:"
              + NAME
              + "|ETCD_DISCOVERY)[\"']?,?\\s*$");
  private static final Pattern VARIABLE_VALUE =
      pattern("^(\\s*(?:- )?\\{?\\s*[\"']?value[\"']?\\s*:\\s+).+");

  /** A name with its value in a program's words; a file's name is no such name. */
  private static final Pattern SAID =
      pattern(
          "((?<![/\\w.-])"
              + NAME.replace(".", "")
              + "\\\\?[\"']?\\s{0,3}[=:]\\s{0,3}\\\\?[\"']?)(?:(?:bearer|basic) )?"
              + VALUE);

  private static final Pattern HEADER = pattern("(\\b(?:bearer|basic)\\s{1,3})[\\w.~+/=-]{8,}");

  /** Tokens of the form that Kubernetes gives them, wherever they stand: JWT, bootstrap token. */
  private static final Pattern TOKEN =
      pattern(
          "(\\b)(?:eyJ[\\w-]{10,}(?:\\.[\\w-]{0,4000}){1,2}|(?<![\\w.-])[a-z0-9]{6}\\.[a-z0-9]{16}(?![\\w.-]))");

  private static final Pattern COLOUR = Pattern.compile("\033\\[[0-9;]{0,20}[A-Za-z]");
  private static final Pattern ITEM = pattern("^\\s*(?:- |\\{|}).*");

  private Masked() {}

  private static Pattern pattern(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
  }

  /** As many lines of output as were given, without colours, each fit for a terminal. */
  public static List<String> output(List<String> lines) {
    return lines(lines.stream().map(line -> COLOUR.matcher(line).replaceAll("")).toList()).stream()
        .map(
            line -> {
              String masked = line;
              for (Pattern pattern : List.of(SAID, HEADER, TOKEN)) {
                masked = replace(pattern, masked);
              }
              return masked;
            })
        .toList();
  }

  /** As many lines as were given, each fit for a terminal. */
  public static List<String> lines(List<String> lines) {
    List<String> masked = new ArrayList<>();
    Optional<Integer> hiddenBelow = Optional.empty();
    boolean privateKey = false;
    String before = "";
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      privateKey |= line.contains("PRIVATE KEY-----") && line.contains("-----BEGIN");
      if (hiddenBelow.isPresent() && (line.isBlank() || indent(line) > hiddenBelow.get())) {
        masked.add(line.isBlank() ? "" : " ".repeat(indent(line)) + MASK);
      } else if (privateKey) {
        masked.add(" ".repeat(indent(line)) + MASK);
        hiddenBelow = Optional.empty();
      } else {
        boolean secret = isSecretValue(lines, i);
        masked.add(plain(secret ? replace(VARIABLE_VALUE, line) : line(line, before)));
        hiddenBelow = secret ? Optional.of(column(line)) : Optional.empty();
      }
      privateKey &= !line.contains("-----END");
      before = line;
    }
    return masked;
  }

  private static String line(String line, String before) {
    if (line.length() > LONGEST) {
      return "(a line of " + line.length() + " characters, not shown)";
    }
    String masked = line;
    if (OPEN_FLAG.matcher(end(before)).find()) {
      masked = replace(FIRST_WORD, masked);
    } else if (OPEN_DISCOVERY.matcher(end(before)).find()) {
      masked = replace(LAST_SEGMENT, masked);
    }
    for (Pattern pattern : List.of(FLAG, FIELD, FLOW, PAIR, USER, DISCOVERY)) {
      masked = replace(pattern, masked);
    }
    return masked;
  }

  /** An open flag stands at a line's end. */
  private static String end(String line) {
    return line.substring(Math.max(0, line.length() - LONGEST));
  }

  private static String replace(Pattern pattern, String line) {
    return pattern
        .matcher(line)
        .replaceAll(found -> Matcher.quoteReplacement(found.group(1) + MASK));
  }

  /** Whether this is the value of a variable, whose name may stand before or behind it. */
  private static boolean isSecretValue(List<String> lines, int at) {
    if (lines.get(at).length() > LONGEST || !VARIABLE_VALUE.matcher(lines.get(at)).find()) {
      return false;
    }
    int from = at;
    while (from > 0 && from > at - VARIABLE && !ITEM.matcher(lines.get(from)).matches()) {
      from--;
    }
    for (int i = from;
        i < lines.size() && i < at + VARIABLE && (i <= at || !ITEM.matcher(lines.get(i)).matches());
        i++) {
      if (SECRET_VARIABLE.matcher(lines.get(i)).find()) {
        return true;
      }
    }
    return false;
  }

  private static int indent(String line) {
    return line.length() - line.stripLeading().length();
  }

  /** Where a line's key begins, behind the dash of an item. */
  private static int column(String line) {
    return line.stripLeading().startsWith("- ") ? indent(line) + 2 : indent(line);
  }

  /** What could move a terminal's cursor is shown as a mark. */
  private static String plain(String line) {
    StringBuilder plain = new StringBuilder();
    line.codePoints()
        .forEach(
            c -> {
              if (c == '\r') {
                plain.append("^M");
              } else {
                boolean shown =
                    c == '\t'
                        || !(Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
                plain.appendCodePoint(shown ? c : 0xFFFD);
              }
            });
    return plain.toString();
  }
}
