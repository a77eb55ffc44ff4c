package io.hasupervisor.publish;

import io.hasupervisor.publish.Status.Level;

/**
 * The colours of the status's text: green is well, yellow on its way or known, red needs somebody.
 */
enum Colour {
  GREEN(32),
  YELLOW(33),
  RED(31);

  private final int code;

  Colour(int code) {
    this.code = code;
  }

  static Colour of(Level level) {
    return switch (level) {
      case OK -> GREEN;
      case ATTENTION -> YELLOW;
      case CRITICAL -> RED;
    };
  }

  static Colour ofState(String state) {
    return switch (state) {
      case "HEALTHY" -> GREEN;
      case "SLOW_RETRY", "STUCK" -> RED;
      default -> YELLOW;
    };
  }

  static Colour ofRunning(String running) {
    return switch (running) {
      case "matches" -> GREEN;
      case "crashing" -> RED;
      default -> YELLOW;
    };
  }

  static Colour ofMember(String state) {
    return switch (state) {
      case "HEALTHY", "UNREACHABLE_ATTESTED" -> GREEN;
      case "DOWN", "HUNG", "CORRUPT", "FOREIGN", "REMOVED" -> RED;
      default -> YELLOW;
    };
  }

  static Colour ofRollout(String state) {
    return switch (state) {
      case "PLACED", "SETTLING" -> GREEN;
      case "ROLLBACK_FAILED" -> RED;
      default -> YELLOW;
    };
  }

  static Colour ofWay(String state) {
    return state.equals("REACHED") ? GREEN : YELLOW;
  }

  static Colour ofBackup(String state) {
    return switch (state) {
      case "WAITING", "RUNNING" -> GREEN;
      default -> YELLOW;
    };
  }

  static Colour ofSeverity(String severity) {
    return switch (severity) {
      case "CRITICAL" -> RED;
      case "ADVICE" -> GREEN;
      default -> YELLOW;
    };
  }

  String paint(String text, Rendering as) {
    return as.colour() ? "\033[" + code + "m" + text + "\033[0m" : text;
  }
}
