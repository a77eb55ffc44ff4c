package io.hasupervisor.assess.hostfiles;

import static io.hasupervisor.assess.Finding.Severity.CRITICAL;
import static io.hasupervisor.assess.Finding.Severity.WARNING;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.cluster.EtcdLimits.Pair;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.observe.hostfiles.DiskSeen;
import io.hasupervisor.yaml.Quote;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether etcd's disk has room and works. Unlike {@link DataRule} it forbids no placement: etcd
 * runs on such a disk already, and a manifest makes it no fuller.
 */
public final class DiskRule {
  /** Twice the largest database that etcd advises: of that much a small part is enough. */
  private static final long ENOUGH = 16L << 30;

  /** etcd has a few dozen files. */
  private static final long ENOUGH_INODES = 100_000;

  /** What a disk said before was looked into, or is past. */
  private static final Duration RECENT = Duration.ofHours(24);

  private DiskRule() {}

  /** What is wrong with the disk; nothing while nothing is known. */
  public static List<Finding> findings(Master master, DiskSeen seen) {
    List<Finding> findings = new ArrayList<>();
    Path data = master.cluster().etcd().data();
    String mount = master.cluster().etcd().mount().orElse(data).toString();
    Pair<Double> limit = master.etcd().limits().free();
    space(data, mount, limit, seen).ifPresent(findings::add);
    inodes(data, mount, limit, seen).ifPresent(findings::add);
    errors(data, seen).ifPresent(findings::add);
    return findings;
  }

  private static Optional<Finding> space(
      Path data, String mount, Pair<Double> limit, DiskSeen seen) {
    if (seen.total() <= 0) {
      return Optional.empty();
    }
    double part = (double) seen.usable() / seen.total();
    boolean little = seen.usable() < ENOUGH;
    boolean tight = seen.usable() < 2 * seen.database();
    boolean critical = tight || (little && part < limit.critical());
    if (!critical && !(little && part < limit.warning())) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.of(
            "DATA_SPACE",
            critical ? CRITICAL : WARNING,
            data.toString(),
            "%s has %s of %s left (%s): etcd stops when it cannot write"
                .formatted(
                    data,
                    mib(seen.usable()),
                    mib(seen.total()),
                    tight
                        ? "critical below twice the database, which has " + mib(seen.database())
                        : limit(critical, limit)),
            "see what takes the space: du -xh --max-depth=2 "
                + Quote.word(mount)
                + " | sort -h | tail -20"));
  }

  private static Optional<Finding> inodes(
      Path data, String mount, Pair<Double> limit, DiskSeen seen) {
    double part = seen.inodes() <= 0 ? 1 : (double) seen.freeInodes() / seen.inodes();
    if (part >= limit.warning() || seen.freeInodes() >= ENOUGH_INODES) {
      return Optional.empty();
    }
    boolean critical = part < limit.critical();
    return Optional.of(
        Finding.of(
            "DATA_INODES",
            critical ? CRITICAL : WARNING,
            data.toString(),
            "the file system of %s has %d of %d inodes left (%s): etcd stops when it cannot make a file"
                .formatted(data, seen.freeInodes(), seen.inodes(), limit(critical, limit)),
            "see where the many files are: du -x --inodes --max-depth=3 "
                + Quote.word(mount)
                + " | sort -n | tail -20"));
  }

  private static Optional<Finding> errors(Path data, DiskSeen seen) {
    List<DiskSeen.Complaint> recent =
        seen.errors().stream().filter(error -> error.ago().compareTo(RECENT) < 0).toList();
    return recent.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Finding.of(
                "DISK_ERRORS",
                CRITICAL,
                data.toString(),
                "the kernel reported %s of the disk of %s in the last 24 h, %d min ago: %s"
                    .formatted(
                        recent.size() == 1 ? "an error" : recent.size() + " errors",
                        data,
                        Math.max(0, recent.getLast().ago().toMinutes()),
                        Quote.of(recent.getLast().text())),
                "make a backup at once: ha-supervisor backup now; then look at the disk: dmesg -T;"
                    + " smartctl -a its device; a disk that fails is replaced, not repaired"));
  }

  private static String limit(boolean critical, Pair<Double> limit) {
    return critical
        ? "critical below %d %%".formatted(Math.round(limit.critical() * 100))
        : "warning below %d %%".formatted(Math.round(limit.warning() * 100));
  }

  private static String mib(long bytes) {
    return (bytes >> 20) + " MiB";
  }
}
