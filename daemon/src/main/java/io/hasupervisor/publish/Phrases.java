package io.hasupervisor.publish;

import io.hasupervisor.decide.Event.Dependency;
import io.hasupervisor.decide.Purpose;
import java.util.List;

/** Parts of sentences whose subject is the service. */
public final class Phrases {
  /** Characters of foreign words in one sentence. */
  private static final int DETAIL = 70;

  private Phrases() {}

  static String because(Purpose purpose) {
    return switch (purpose) {
      case START -> "it is dead";
      case OPERATOR_START -> "a start was ordered";
      case HEALTH -> "its probes fail";
      case OPERATOR_RESTART -> "a restart was ordered";
      case OPERATOR_STOP -> "a stop was ordered";
      case STUCK_HOOK -> "it survives KILL";
    };
  }

  /** "docker (down) and containerd (not healthy)". */
  static String missing(Situation s) {
    List<String> names = s.state().facts().waitingOn().stream().map(Phrases::missing).toList();
    return names.isEmpty() ? "its dependencies" : list(names);
  }

  private static String missing(Dependency dependency) {
    return dependency.name() + (dependency.alive() ? " (not healthy)" : " (down)");
  }

  static String detail(String foreign) {
    return Plain.line(foreign, DETAIL);
  }

  /** "a", "a and b", "a, b and c". */
  public static String list(List<String> names) {
    return names.size() < 2
        ? String.join("", names)
        : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
  }

  /** "once", "2 times". */
  static String times(int count) {
    return count == 1 ? "once" : count + " times";
  }
}
