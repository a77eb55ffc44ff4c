package io.hasupervisor.monit;

import java.util.ArrayList;
import java.util.List;

/** A command line as monit splits it: at white space, save within apostrophes. */
final class Arguments {
  private Arguments() {}

  static List<String> of(String line) {
    List<String> argv = new ArrayList<>();
    int next = 0;
    while (next < line.length()) {
      if (Character.isWhitespace(line.charAt(next))) {
        next++;
        continue;
      }
      int close = line.charAt(next) == '\'' ? line.indexOf('\'', next + 1) : -1;
      int end = close > 0 ? close : next;
      while (close < 0 && end < line.length() && !Character.isWhitespace(line.charAt(end))) {
        end++;
      }
      argv.add(line.substring(close > 0 ? next + 1 : next, end));
      next = close > 0 ? close + 1 : end;
    }
    return argv;
  }
}
