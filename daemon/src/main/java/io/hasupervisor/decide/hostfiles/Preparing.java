package io.hasupervisor.decide.hostfiles;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.assess.hostfiles.DataRule;
import io.hasupervisor.assess.hostfiles.LogRule;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.observe.hostfiles.DataMark;
import io.hasupervisor.observe.hostfiles.DataSeen;
import io.hasupervisor.observe.hostfiles.EntrySeen.Kind;
import io.hasupervisor.observe.hostfiles.LogSeen;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is made before manifests are placed: all of it, or nothing. */
public sealed interface Preparing {

  /** In this order. */
  record Steps(List<Step> steps) implements Preparing {
    public Steps {
      steps = List.copyOf(steps);
    }
  }

  /** Nothing is made; {@code why} holds every obstacle with its code and cure. */
  record Refused(String why) implements Preparing {}

  /** One thing to make. */
  sealed interface Step {
    /** An empty log file, root's, 0640. */
    record LogFile(Path path) implements Step {}

    /** etcd's data directory, root's, 0700. */
    record DataDirectory(Path path) implements Step {}

    /** Remember the data directory. */
    record Mark(DataMark mark) implements Step {}
  }

  /**
   * For a set of manifests.
   *
   * @param data empty where no manifest mounts etcd's data
   * @param root user id that files of the system belong to
   */
  static Preparing of(Master master, List<LogSeen> logs, Optional<DataSeen> data, long root) {
    String why =
        Stream.concat(
                LogRule.findings(logs).stream(),
                data.stream().flatMap(seen -> DataRule.findings(master, seen, root).stream()))
            .filter(finding -> finding.severity() == Severity.CRITICAL)
            .map(Preparing::sentence)
            .collect(Collectors.joining("; "));
    if (!why.isEmpty()) {
      return new Refused(why);
    }
    List<Step> steps = new ArrayList<>();
    logs.stream()
        .filter(log -> log.entry().kind() == Kind.ABSENT)
        .forEach(log -> steps.add(new Step.LogFile(log.entry().path())));
    data.ifPresent(
        seen -> {
          if (seen.entry().kind() == Kind.ABSENT) {
            steps.add(new Step.DataDirectory(seen.entry().path()));
          }
          steps.add(new Step.Mark(seen.mark(master.node().name())));
        });
    return new Steps(steps);
  }

  private static String sentence(Finding finding) {
    return finding.text() + " (" + finding.code() + "; cure: " + finding.cure() + ")";
  }
}
