package io.hasupervisor.decide.hostfiles;

import java.util.List;

/** The difference of two texts as one hunk in the unified form of diff(1). */
public final class LineDiff {
  private static final int CONTEXT = 3;

  private LineDiff() {}

  /** With file headers; nothing where the texts are equal. */
  public static String unified(String name, String before, String after) {
    List<String> old = before.lines().toList();
    List<String> now = after.lines().toList();
    int shorter = Math.min(old.size(), now.size());
    int head = 0;
    while (head < shorter && old.get(head).equals(now.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < shorter - head
        && old.get(old.size() - 1 - tail).equals(now.get(now.size() - 1 - tail))) {
      tail++;
    }
    if (head == old.size() && head == now.size()) {
      return "";
    }
    int from = Math.max(0, head - CONTEXT);
    int below = Math.min(tail, CONTEXT);
    StringBuilder diff = new StringBuilder();
    diff.append("--- ").append(name).append("\n+++ ").append(name).append('\n');
    diff.append(range('-', from, old.size() - tail + below - from));
    diff.append(range('+', from, now.size() - tail + below - from)).append('\n');
    lines(diff, ' ', old.subList(from, head));
    lines(diff, '-', old.subList(head, old.size() - tail));
    lines(diff, '+', now.subList(head, now.size() - tail));
    lines(diff, ' ', old.subList(old.size() - tail, old.size() - tail + below));
    return diff.toString();
  }

  private static String range(char sign, int from, int count) {
    int first = count == 0 ? from : from + 1;
    String range = sign + Integer.toString(first) + "," + count;
    return sign == '-' ? "@@ " + range : " " + range + " @@";
  }

  private static void lines(StringBuilder diff, char sign, List<String> lines) {
    lines.forEach(line -> diff.append(sign).append(line).append('\n'));
  }
}
