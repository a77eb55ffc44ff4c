package io.hasupervisor.assess.manifest;

import io.hasupervisor.observe.manifest.Masked;
import java.util.ArrayList;
import java.util.List;

/** Two texts compared by lines, as {@code diff -u} prints it; secrets are masked. */
public final class UnifiedDiff {
  private static final int CONTEXT = 3;

  /** A line of both texts (space), of the old ({@code -}) or of the new one ({@code +}). */
  private record Edit(char sign, String shown) {}

  private final List<Edit> edits = new ArrayList<>();

  private UnifiedDiff() {}

  /** Lines, each ended; empty where the texts are equal. */
  public static String of(String oldName, String old, String nowName, String now) {
    if (old.equals(now)) {
      return "";
    }
    UnifiedDiff diff = new UnifiedDiff();
    diff.compare(Lines.of(old), Lines.of(now));
    return "--- " + oldName + "\n+++ " + nowName + "\n" + diff.hunks();
  }

  private void compare(Lines old, Lines now) {
    CommonLines common = CommonLines.of(old.real(), now.real());
    int i = 0;
    int j = 0;
    while (i < old.size() || j < now.size()) {
      if (common.has(i, j)) {
        edits.add(new Edit(' ', old.shown().get(i++)));
        j++;
      } else if (j == now.size() || (i < old.size() && common.oldFirst(i, j))) {
        edits.add(new Edit('-', old.shown().get(i++)));
      } else {
        edits.add(new Edit('+', now.shown().get(j++)));
      }
    }
  }

  private String hunks() {
    StringBuilder text = new StringBuilder();
    int from = 0;
    int oldLine = 1;
    int nowLine = 1;
    for (int at = 0; at < edits.size(); at++) {
      if (edits.get(at).sign() == ' ') {
        continue;
      }
      int begin = Math.max(from, at - CONTEXT);
      int end = end(at);
      oldLine += count(from, begin, '-');
      nowLine += count(from, begin, '+');
      int olds = count(begin, end, '-');
      int nows = count(begin, end, '+');
      text.append("@@ -%s +%s @@\n".formatted(range(oldLine, olds), range(nowLine, nows)));
      for (Edit edit : edits.subList(begin, end)) {
        text.append(edit.sign()).append(edit.shown()).append('\n');
      }
      oldLine += olds;
      nowLine += nows;
      from = end;
      at = end - 1;
    }
    return text.toString();
  }

  /** Behind the context of the last change that is near the one before it. */
  private int end(int change) {
    int last = change;
    for (int at = change; at < edits.size() && at <= last + 2 * CONTEXT; at++) {
      last = edits.get(at).sign() == ' ' ? last : at;
    }
    return Math.min(edits.size(), last + CONTEXT + 1);
  }

  /** Lines of one text among these edits. */
  private int count(int from, int to, char sign) {
    return (int)
        edits.subList(from, to).stream()
            .filter(edit -> edit.sign() == ' ' || edit.sign() == sign)
            .count();
  }

  private static String range(int line, int count) {
    return (count == 0 ? line - 1 : line) + (count == 1 ? "" : "," + count);
  }

  /** One text: its lines as compared and as shown. */
  private record Lines(List<String> real, List<String> shown) {
    static Lines of(String text) {
      if (text.isEmpty()) {
        return new Lines(List.of(), List.of());
      }
      boolean ended = text.endsWith("\n");
      String whole = ended ? text.substring(0, text.length() - 1) : text;
      List<String> real = new ArrayList<>(List.of(whole.split("\n", -1)));
      List<String> shown = new ArrayList<>(Masked.lines(real));
      if (!ended) {
        // No other line holds a line end, so this one differs from any that is ended.
        real.addLast(real.removeLast() + "\n");
        shown.addLast(shown.removeLast() + "\n\\ No newline at end of file");
      }
      return new Lines(real, shown);
    }

    int size() {
      return real.size();
    }
  }
}
