package io.hasupervisor.simulation;

import io.hasupervisor.decide.Event;
import io.hasupervisor.decide.Step;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** The last steps of one world, for whoever has to find out what went wrong. */
final class Trace {
  private static final int KEPT = 50;

  private record Line(Duration now, Event event, Step step) {}

  private final Deque<Line> lines = new ArrayDeque<>(KEPT);

  void add(Duration now, Event event, Step step) {
    if (lines.size() == KEPT) {
      lines.removeFirst();
    }
    lines.addLast(new Line(now, event, step));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      text.append(
          "%s %s%n    -> %s %s %s%n"
              .formatted(
                  line.now,
                  line.event,
                  line.step.next().phase(),
                  line.step.because(),
                  line.step.action().map(Object::toString).orElse("")));
    }
    return text.toString();
  }
}
