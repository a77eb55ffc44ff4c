package io.hasupervisor.act;

import io.hasupervisor.host.Command;
import java.io.IOException;
import java.util.List;

/**
 * The last lines of the unit's journal.
 *
 * @param journalctl the program, absolute or found in the path
 */
record Journal(String journalctl, String unit, int lines) implements Source {
  private static final int OUTPUT_LIMIT = 256 * 1024;

  @Override
  public String collect(IncidentFolder into, Deadline deadline)
      throws IOException, InterruptedException {
    List<String> argv =
        List.of(
            journalctl, "-u", unit, "-n", Integer.toString(lines), "-o", "short-iso", "--no-pager");
    Command.Result result = Command.run(argv, deadline.left(), OUTPUT_LIMIT);
    int written = into.put("journal.txt", result.output());
    return result.timedOut()
        ? "journalctl did not end in time"
        : written + " bytes, exit code " + result.exit();
  }
}
