package io.hasupervisor.command;

import java.util.List;

/** Rows of words below each other. */
final class Columns {
  private Columns() {}

  /** One line for each row; every row has as many words. An empty word shows as nothing. */
  static List<String> of(List<List<String>> rows) {
    return rows.stream().map(row -> line(rows, row)).toList();
  }

  private static String line(List<List<String>> rows, List<String> row) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      int column = i;
      int width = rows.stream().mapToInt(it -> it.get(column).length()).max().orElse(0);
      String word = row.get(i);
      line.append(word).append(" ".repeat(width - word.length() + 2));
    }
    return line.toString().stripTrailing();
  }
}
