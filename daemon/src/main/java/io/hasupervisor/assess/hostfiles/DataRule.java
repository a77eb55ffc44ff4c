package io.hasupervisor.assess.hostfiles;

import static io.hasupervisor.assess.Finding.Severity.ADVICE;
import static io.hasupervisor.assess.Finding.Severity.CRITICAL;
import static io.hasupervisor.assess.Finding.Severity.WARNING;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.cluster.Cluster.Etcd;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.observe.hostfiles.DataMark;
import io.hasupervisor.observe.hostfiles.DataSeen;
import io.hasupervisor.observe.hostfiles.EntrySeen;
import io.hasupervisor.observe.hostfiles.Storage;
import io.hasupervisor.yaml.Quote;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether etcd may be started on a data directory. An empty one in place of a member's data makes a
 * new, empty cluster under the old name, so every doubt is critical.
 */
public final class DataRule {
  /** etcd refuses wider modes from 3.4.10 on. */
  private static final int MODE = 0700;

  private static final String FORGET = "ha-supervisor etcd accept-empty --yes";

  private final Master master;
  private final DataSeen seen;
  private final Path data;
  private final long root;
  private final List<Finding> findings = new ArrayList<>();

  private DataRule(Master master, DataSeen seen, long root) {
    this.master = master;
    this.seen = seen;
    this.data = master.cluster().etcd().data();
    this.root = root;
  }

  /**
   * What is wrong, critical first.
   *
   * @param root user id that the directory should belong to
   */
  public static List<Finding> findings(Master master, DataSeen seen, long root) {
    DataRule rule = new DataRule(master, seen, root);
    rule.place();
    rule.owner();
    rule.memory();
    rule.rights();
    return List.copyOf(rule.findings);
  }

  private void place() {
    Etcd etcd = master.cluster().etcd();
    if (!seen.mounted()) {
      String mount = Quote.word(etcd.mount().map(Path::toString).orElse(""));
      add(
          "DATA_NOT_MOUNTED",
          CRITICAL,
          mount + " is not mounted: etcd would write its data to the disk below it",
          "mount it: mount " + mount);
    }
    if (etcd.shared() && !data.endsWith(master.node().name())) {
      add(
          "DATA_NOT_PER_NODE",
          CRITICAL,
          "the storage is shared, and "
              + data
              + " does not end in this node's name: two members would write to one directory",
          "set cluster.etcd.data-directory to " + perNode());
    }
    if (!seen.entry().directory() && seen.entry().kind() != EntrySeen.Kind.ABSENT) {
      add(
          "DATA_NO_DIRECTORY",
          CRITICAL,
          data + " is " + seen.entry().what() + ", not a directory",
          "look at it: ls -ld " + Quote.word(data.toString()));
    }
    if (!seen.member() && seen.deeper()) {
      add(
          "DATA_ONE_LEVEL_DEEPER",
          CRITICAL,
          "a member's data is in "
              + data.resolve("data")
              + ", where the first etcd.yaml put it: etcd would begin anew in "
              + data,
          "set cluster.etcd.data-directory to " + data.resolve("data"));
    }
    if (seen.readOnly()) {
      add(
          "DATA_READ_ONLY",
          CRITICAL,
          data + " is on a read-only file system: etcd cannot write",
          "find out why, then: mount -o remount,rw " + Quote.word(source()));
    }
  }

  private Path perNode() {
    boolean others =
        master.cluster().masters().keySet().stream().anyMatch(name -> data.endsWith(name));
    return others ? data.resolveSibling(master.node().name()) : data.resolve(master.node().name());
  }

  private void owner() {
    Stream.of(seen.guard(), seen.memory())
        .flatMap(Optional::stream)
        .filter(mark -> !mark.node().equals(master.node().name()))
        .findFirst()
        .ifPresent(
            mark ->
                add(
                    "DATA_OF_ANOTHER_NODE",
                    CRITICAL,
                    "%s belongs to %s, and this is %s: a member must not be started on another's data"
                        .formatted(mark.data(), mark.node(), master.node().name()),
                    "set node.name or cluster.etcd.data-directory right, cluster.etcd.shared where"
                        + " masters share the storage; after a mere change of name: "
                        + FORGET));
    seen.damage()
        .ifPresent(
            why ->
                add(
                    "DATA_MEMORY_DAMAGED",
                    seen.member() ? WARNING : CRITICAL,
                    "what is remembered of " + data + " cannot be read: " + Quote.bare(why),
                    "where this host has never had a member's data: " + FORGET));
  }

  private void memory() {
    Stream.of(seen.memory(), seen.guard())
        .flatMap(Optional::stream)
        .filter(DataMark::seen)
        .flatMap(mark -> loss(mark).stream())
        .findFirst()
        .ifPresent(
            loss ->
                add(
                    "DATA_DIR_LOST",
                    CRITICAL,
                    loss + ": started like this, etcd could make a new and empty cluster",
                    "mount or bring back the data; where it is lost for good, or moved on purpose: "
                        + FORGET));
  }

  private Optional<String> loss(DataMark mark) {
    String had = "this host had etcd's data in " + mark.data() + " on " + mark.source();
    if (!mark.data().equals(data)) {
      return Optional.of(had + ", and is to use " + data + " now");
    }
    if (seen.storage().filter(now -> !mark.on(now)).isPresent()) {
      return Optional.of(
          "%s (%s), and the directory is on %s (%s) now"
              .formatted(
                  had, mark.storage(), source(), seen.storage().map(Storage::identity).orElse("")));
    }
    return seen.member()
        ? Optional.empty()
        : Optional.of(had + ", and there is none now: the directory is " + seen.entry().what());
  }

  private void rights() {
    String word = Quote.word(data.toString());
    if (seen.entry().directory() && (seen.entry().mode() & ~MODE & 0777) != 0) {
      add(
          "DATA_MODE",
          WARNING,
          "%s has mode %04o: others may read the cluster's secrets, and etcd refuses it from 3.4.10 on"
              .formatted(data, seen.entry().mode()),
          "chmod 0700 " + word);
    }
    if (seen.entry().directory() && seen.entry().owner() != root) {
      add(
          "DATA_OWNER",
          WARNING,
          data + " belongs to user " + seen.entry().owner() + ", not to root",
          "where etcd does not run as that user: chown root:root " + word);
    }
    if (seen.entry().kind() == EntrySeen.Kind.ABSENT && findings.isEmpty()) {
      add(
          "DATA_ABSENT",
          ADVICE,
          data + " is not there yet",
          "ha-supervisor host prepare, or simply place the manifests");
    }
  }

  private String source() {
    return seen.storage().map(Storage::source).orElse("its device");
  }

  private void add(String code, Finding.Severity severity, String text, String cure) {
    findings.add(Finding.of(code, severity, data.toString(), text, cure));
  }
}
