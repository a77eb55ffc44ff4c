package io.hasupervisor.assess.manifest;

import java.util.List;

/**
 * A longest common part of two lists of lines, found by dynamic programming over what lies between
 * their equal beginnings and ends.
 */
final class CommonLines {
  /** Most comparisons: a manifest needs a hundredth; beyond, the middles have nothing in common. */
  private static final long LIMIT = 4_000_000;

  private final List<String> old;
  private final List<String> now;
  private final int head;
  private final int tail;

  /** Length of the longest common part of what is left from a line of each middle; may be empty. */
  private final int[][] left;

  private CommonLines(List<String> old, List<String> now, int head, int tail) {
    this.old = old;
    this.now = now;
    this.head = head;
    this.tail = tail;
    int height = old.size() - head - tail;
    int width = now.size() - head - tail;
    this.left = (long) height * width > LIMIT ? new int[0][0] : new int[height + 1][width + 1];
    for (int i = left.length - 2; i >= 0; i--) {
      for (int j = width - 1; j >= 0; j--) {
        left[i][j] =
            old.get(head + i).equals(now.get(head + j))
                ? left[i + 1][j + 1] + 1
                : Math.max(left[i + 1][j], left[i][j + 1]);
      }
    }
  }

  static CommonLines of(List<String> old, List<String> now) {
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
    return new CommonLines(old, now, head, tail);
  }

  /** Whether these two lines, the first not yet told ones, are one line of the common part. */
  boolean has(int i, int j) {
    if (i >= old.size() || j >= now.size() || !old.get(i).equals(now.get(j))) {
      return false;
    }
    boolean inMiddle = i >= head && i < old.size() - tail && j >= head && j < now.size() - tail;
    return inMiddle ? left.length > 0 : i < head || old.size() - i == now.size() - j;
  }

  /** Whether the old line goes first, where these two lines differ. */
  boolean oldFirst(int i, int j) {
    if (i >= old.size() - tail || j >= now.size() - tail) {
      return i < old.size() - tail;
    }
    return left.length == 0 || left[i - head + 1][j - head] >= left[i - head][j - head + 1];
  }
}
