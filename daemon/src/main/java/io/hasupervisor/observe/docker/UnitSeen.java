package io.hasupervisor.observe.docker;

import io.hasupervisor.host.systemd.UnitFacts;
import io.hasupervisor.observe.hostfiles.SmallFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Docker's unit, as systemd heeds it now. */
public sealed interface UnitSeen {

  /**
   * It can be started.
   *
   * @param restart its {@code Restart=}
   * @param guarded whether one of its files has systemd ask us before each start
   */
  record Loaded(String name, String restart, boolean guarded) implements UnitSeen {}

  /** There is none, no systemd, or systemd does not answer. */
  record None(String why) implements UnitSeen {}

  /** As in the drop-in of ours, whatever its name is. */
  Pattern ASKS = Pattern.compile("(?m)^\\s*ExecCondition\\s*=.*\\bmay-start docker\\b");

  /** What {@code facts} say of it; reads the files that they name. */
  static UnitSeen of(String name, UnitFacts facts) {
    if (!facts.loadState().equals("loaded")) {
      return new None(name + " is " + facts.loadState());
    }
    boolean guarded =
        Stream.concat(facts.files().fragment().stream(), facts.files().dropIns().stream())
            .anyMatch(UnitSeen::asks);
    return new Loaded(name, facts.restarts().policy(), guarded);
  }

  private static boolean asks(Path file) {
    try {
      return ASKS.matcher(SmallFile.read(file.toRealPath())).find();
    } catch (IOException e) {
      return false;
    }
  }
}
