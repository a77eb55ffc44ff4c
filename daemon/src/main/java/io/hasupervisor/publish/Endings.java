package io.hasupervisor.publish;

import io.hasupervisor.observe.Exit;
import java.util.Map;

/** How lives end, in words whose subject is the service. */
public final class Endings {
  /**
   * The signals of signal(7) that end processes in practice; numbers are those of Linux on x86 and
   * ARM.
   */
  private static final Map<Integer, String> SIGNALS =
      Map.ofEntries(
          Map.entry(1, "HUP"),
          Map.entry(2, "INT"),
          Map.entry(3, "QUIT"),
          Map.entry(4, "ILL"),
          Map.entry(6, "ABRT"),
          Map.entry(7, "BUS"),
          Map.entry(8, "FPE"),
          Map.entry(9, "KILL"),
          Map.entry(10, "USR1"),
          Map.entry(11, "SEGV"),
          Map.entry(12, "USR2"),
          Map.entry(13, "PIPE"),
          Map.entry(14, "ALRM"),
          Map.entry(15, "TERM"),
          Map.entry(24, "XCPU"),
          Map.entry(25, "XFSZ"),
          Map.entry(31, "SYS"));

  private Endings() {}

  /** How its last life ended. */
  static String of(Situation s) {
    return s.state()
        .log()
        .down()
        .map(down -> down.exit())
        .or(() -> s.state().log().lastExit())
        .map(Endings::of)
        .orElse("is down");
  }

  public static String of(Exit exit) {
    String words =
        switch (exit.kind()) {
          case EXITED -> "ended with exit code " + exit.value();
          case SIGNALED -> "was ended by signal " + exit.value() + signalName(exit.value());
          case STOPPED_OUTSIDE -> "was stopped by somebody else";
          case START_LIMIT -> "reached its init system's start limit";
          case START_FAILED -> "could not be started";
          case UNKNOWN -> "does not run";
        };
    String detail = Phrases.detail(exit.detail());
    return words.contains(detail) ? words : words + " (" + detail + ")";
  }

  private static String signalName(int signal) {
    String name = SIGNALS.get(signal);
    return name == null ? "" : " " + name;
  }

  /** What to do where somebody stops it and it keeps coming back. */
  static String cureForStop(Situation s) {
    boolean stopped =
        s.state()
            .log()
            .lastExit()
            .filter(exit -> exit.kind() == Exit.Kind.STOPPED_OUTSIDE)
            .isPresent();
    return stopped ? "; to keep it down: ha-supervisor stop " + s.name() : "";
  }
}
