package io.hasupervisor.monit;

import java.util.Set;

/** Words with a meaning of their own, or with none. */
final class Keywords {
  /** Those that only make a statement read like a sentence. */
  static final Set<String> NOISE =
      Set.of(
          ",",
          "is",
          "as",
          "are",
          "for",
          "via",
          "on",
          "only",
          "with",
          "within",
          "without",
          "program",
          "programs",
          "and",
          "has",
          "using",
          "use",
          "the",
          "to",
          "sum",
          "than",
          "usage",
          "was",
          "times",
          "but",
          "of",
          "or",
          "does",
          "per",
          "in",
          "last",
          "rate",
          "capacity",
          "activity",
          "option",
          "options");

  /** Those that begin a statement at the top. */
  static final Set<String> TOP = Set.of("set", "check");

  /** Those that begin a statement of an entry, or end the entry. */
  static final Set<String> STARTS =
      Set.of(
          "set",
          "check",
          "if",
          "start",
          "stop",
          "restart",
          "alert",
          "noalert",
          "every",
          "mode",
          "onreboot",
          "group",
          "depend",
          "depends",
          "ignore");

  static final Set<String> OPERATORS =
      Set.of(
          "=",
          "==",
          "!=",
          "<",
          ">",
          "<=",
          ">=",
          "equal",
          "eq",
          "notequal",
          "ne",
          "less",
          "lt",
          "le",
          "newer",
          "greater",
          "gt",
          "ge",
          "more",
          "older",
          "=~",
          "!=~",
          "match",
          "matching",
          "nomatch",
          "notmatching",
          "changed");

  /** Behind these a number is their own and not one of cycles. */
  static final Set<String> TAKES_NUMBER =
      Set.of(
          "port",
          "portnumber",
          "timeout",
          "retry",
          "status",
          "count",
          "size",
          "version",
          "maxforward",
          "perm",
          "permission",
          "uid",
          "gid",
          "euid",
          "valid",
          "checksum");

  /** What stands behind these is never shown. */
  static final Set<String> SECRET =
      Set.of("password", "secret", "username", "allow", "send", "expect", "certmd5");

  private Keywords() {}
}
