package io.hasupervisor.act;

import io.hasupervisor.host.Entries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the kernel says of the process and its threads. Environment and command line are left out:
 * they may hold secrets.
 */
record ProcFiles(MainProcess process) implements Source {
  private static final List<String> FILES = List.of("status", "wchan", "stack", "limits", "cgroup");
  private static final int FILE_BYTES = 64 * 1024;

  /** Threads that are listed. */
  private static final int THREADS = 2000;

  @Override
  public String collect(IncidentFolder into, Deadline deadline) throws IOException {
    if (process.doubt().isPresent()) {
      return process.doubt().get();
    }
    StringBuilder text = new StringBuilder();
    for (String file : FILES) {
      text.append("--- ").append(process.directory().resolve(file)).append('\n');
      text.append(read(process.directory().resolve(file))).append('\n');
    }
    into.put("process.txt", text.toString());
    into.put("threads.txt", threads(deadline));
    return "process " + process.life().pid();
  }

  /** How many threads are in which state, then each with its state, name and wait channel. */
  private String threads(Deadline deadline) throws IOException {
    Map<String, Integer> states = new TreeMap<>();
    StringBuilder list = new StringBuilder();
    List<Path> tasks = Entries.of(process.directory().resolve("task"));
    for (Path task : tasks.subList(0, Math.min(THREADS, tasks.size()))) {
      if (deadline.over()) {
        list.append("(no time for the others)\n");
        break;
      }
      String state = state(read(task.resolve("stat")));
      states.merge(state, 1, Integer::sum);
      list.append(task.getFileName()).append(' ').append(state).append(' ');
      list.append(read(task.resolve("comm")).strip()).append(' ');
      list.append(read(task.resolve("wchan")).strip()).append('\n');
    }
    StringBuilder text = new StringBuilder().append(tasks.size()).append(" threads\n");
    states.forEach((state, count) -> text.append(count).append(" in ").append(state).append('\n'));
    return text.append('\n').append(list).toString();
  }

  /** The name before it may hold anything, also brackets. */
  private static String state(String stat) {
    int at = stat.lastIndexOf(')') + 2;
    return at > 1 && at < stat.length() ? stat.substring(at, at + 1) : "?";
  }

  private static String read(Path file) {
    try {
      return new String(IncidentFolder.read(file, FILE_BYTES), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "(" + e.getMessage() + ")";
    }
  }
}
