package io.hasupervisor.assess.hostfiles;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.observe.hostfiles.HostSeen;
import io.hasupervisor.observe.hostfiles.RivalSeen;
import io.hasupervisor.yaml.Quote;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with the files of a host, except those in the manifest directory. */
public final class HostRules {
  private HostRules() {}

  /**
   * In the order of the seed's guide: kubelet, data, logs, rivals.
   *
   * @param root user id that files of the system should belong to
   */
  public static List<Finding> findings(Master master, HostSeen seen, long root) {
    List<Finding> findings = new ArrayList<>(KubeletRule.findings(master, seen));
    seen.data().ifPresent(data -> findings.addAll(DataRule.findings(master, data, root)));
    findings.addAll(LogRule.findings(seen.logs()));
    findings.addAll(rivals(seen.rivals()));
    return List.copyOf(findings);
  }

  /** Other supervisors of what is ours. */
  public static List<Finding> rivals(List<RivalSeen> rivals) {
    return rivals.stream().map(HostRules::rival).toList();
  }

  private static Finding rival(RivalSeen rival) {
    String name = rival.file().getFileName().toString();
    return Finding.of(
        "RIVAL_MONIT",
        rival.running() ? Severity.WARNING : Severity.ADVICE,
        rival.service(),
        rival.running()
            ? "monit watches "
                + rival.service()
                + " too, and restarts it at one failed look: two"
                + " supervisors undo each other's work"
            : rival.file() + " would make monit watch " + rival.service() + " too, once it runs",
        "mv "
            + Quote.word(rival.file().toString())
            + " "
            + Quote.word("/root/" + name + ".monit")
            + (rival.running() ? " && monit reload" : ""));
  }
}
