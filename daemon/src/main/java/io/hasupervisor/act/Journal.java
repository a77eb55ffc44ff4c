package io.hasupervisor.act;

import io.hasupervisor.host.Command;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The last lines of the unit's journal.
 *
 * @param journalctl the program, absolute or found in the path
 */
record Journal(String journalctl, String unit, int lines) implements Source {

  @Override
  public Found collect(Deadline deadline) throws IOException, InterruptedException {
    List<String> argv =
        List.of(
            journalctl, "-u", unit, "-n", Integer.toString(lines), "-o", "short-iso", "--no-pager");
    Command.Result result = Command.run(argv, deadline.left(), IncidentFolder.FILE_LIMIT);
    byte[] output = result.output().getBytes(StandardCharsets.UTF_8);
    String note =
        result.timedOut()
            ? "journalctl did not end in time"
            : output.length + " bytes, exit code " + result.exit();
    return Found.file("journal.txt", output, note);
  }
}
