package io.hasupervisor.observe.credential;

import java.util.List;
import java.util.OptionalInt;

/**
 * The shape of a CSV file of secrets, by the rules of Go's {@code encoding/csv}, which the
 * apiserver uses; its words stay in the file.
 *
 * @param byteOrderMark whether it begins with one
 * @param carriageReturns whether lines end with CR LF
 * @param brokenQuotes line at which quotation marks are wrong, so that the apiserver refuses all
 */
public record TableSeen(
    boolean byteOrderMark, boolean carriageReturns, OptionalInt brokenQuotes, List<Row> rows) {
  public TableSeen {
    rows = List.copyOf(rows);
  }

  /**
   * One row.
   *
   * @param line from 1
   * @param padded whether the secret, the user or the uid begins or ends with white space
   * @param secretOf line of the first row with the same secret; its own, where it is that
   * @param userOf line of the first row with the same user; its own, where it is that
   */
  public record Row(
      int line,
      int columns,
      boolean secretEmpty,
      boolean userEmpty,
      boolean padded,
      int secretOf,
      int userOf) {}
}
