package io.hasupervisor.monit;

import java.util.List;
import java.util.stream.IntStream;

/** Statuses of HTTP that monit accepts, as a list: our probes take no comparison. */
final class Statuses {
  /** Those that answers have, by IANA's registry; 1xx come before an answer. */
  private static final List<Integer> REGISTERED =
      IntStream.concat(
              IntStream.concat(IntStream.rangeClosed(200, 208), IntStream.of(226)),
              IntStream.concat(
                  IntStream.of(300, 301, 302, 303, 304, 305, 307, 308),
                  IntStream.concat(
                      IntStream.concat(
                          IntStream.rangeClosed(400, 417),
                          IntStream.of(421, 422, 423, 424, 425, 426, 428, 429, 431, 451)),
                      IntStream.concat(IntStream.rangeClosed(500, 508), IntStream.of(510, 511)))))
          .boxed()
          .toList();

  private Statuses() {}

  /** What is accepted where no status is said: all below 400. */
  static List<Integer> unsaid() {
    return accepted("<", 400);
  }

  /** Empty if there is none, or if the operator is none of numbers. */
  static List<Integer> accepted(String operator, int status) {
    return switch (operator) {
      case "", "=", "==", "equal", "eq" ->
          status >= 100 && status <= 599 ? List.of(status) : List.of();
      case "!=", "ne", "notequal" -> where(it -> it != status);
      case "<", "lt", "less" -> where(it -> it < status);
      case "<=", "le" -> where(it -> it <= status);
      case ">", "gt", "greater", "more" -> where(it -> it > status);
      case ">=", "ge" -> where(it -> it >= status);
      default -> List.of();
    };
  }

  private static List<Integer> where(java.util.function.IntPredicate accepted) {
    return REGISTERED.stream().filter(accepted::test).toList();
  }
}
