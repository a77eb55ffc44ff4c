package io.hasupervisor.monit;

import io.hasupervisor.monit.Statement.Kind;
import io.hasupervisor.monit.Statement.Test;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What to do in place of tests that have no counterpart. */
final class Instead {
  /** Of a process, by the beginning of the word that the test is about; the first that fits. */
  private static final List<Map.Entry<String, String>> OF_PROCESS = ofProcess();

  /** Of entries that are no process. */
  private static final Map<Kind, String> OF_KIND =
      Map.of(
          Kind.PROGRAM,
          "no entry of its own here: give it to the service it judges as a probe of type command",
          Kind.FILE,
          "no counterpart; a service's watch-files end a delay when a file changes",
          Kind.FILESYSTEM,
          "no counterpart",
          Kind.DIRECTORY,
          "no counterpart; a service's watch-files may be directories",
          Kind.FIFO,
          "no counterpart",
          Kind.HOST,
          "no counterpart: other hosts are not watched, save the masters that cluster.masters"
              + " names",
          Kind.NETWORK,
          "no counterpart: network interfaces are not watched",
          Kind.SYSTEM,
          "no counterpart");

  private Instead() {}

  private static List<Map.Entry<String, String>> ofProcess() {
    List<Map.Entry<String, String>> all = new ArrayList<>();
    String limits = "no counterpart: bound it in its unit with ";
    put(all, limits + "CPUQuota=, systemd.resource-control(5)", "cpu", "totalcpu", "load");
    put(all, limits + "MemoryMax=, systemd.resource-control(5)", "mem", "totalmem");
    put(all, limits + "TasksMax=, systemd.resource-control(5)", "child", "thread");
    put(all, limits + "IOReadBandwidthMax= and IOWriteBandwidthMax=", "disk", "read", "write");
    put(all, limits + "LimitNOFILE=, systemd.exec(5)", "filedescriptors");
    put(
        all,
        "no counterpart: a systemd timer may run ha-supervisor restart NAME, which waits its turn"
            + " among the masters",
        "uptime");
    put(all, "not needed: another process is an event: ha-supervisor events", "pid", "ppid");
    put(all, limits + "User= and Group=, systemd.exec(5)", "uid", "euid", "gid");
    put(all, limits + "AppArmorProfile= or SELinuxContext=, systemd.exec(5)", "security");
    put(all, "no counterpart: a process that must not run is not ended here", "exist");
    return List.copyOf(all);
  }

  private static void put(List<Map.Entry<String, String>> all, String text, String... words) {
    for (String word : words) {
      all.add(Map.entry(word, text));
    }
  }

  static String of(Kind kind) {
    return OF_KIND.getOrDefault(kind, "no counterpart");
  }

  /** Of any test but one of a connection. */
  static String of(Kind kind, Test test) {
    return NotYet.hostCheck(kind, test)
        .orElseGet(() -> kind == Kind.PROCESS ? ofProcess(test) : of(kind));
  }

  private static String ofProcess(Test test) {
    return test.condition().stream()
        .filter(it -> !it.is("failed") && !it.is("changed") && !it.is("total"))
        .limit(1)
        .flatMap(
            it ->
                OF_PROCESS.stream()
                    .filter(known -> it.word().startsWith(known.getKey()))
                    .map(Map.Entry::getValue))
        .findFirst()
        .orElse("not understood, and not imported");
  }
}
