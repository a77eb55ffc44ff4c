package io.hasupervisor.decide.backup;

import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.assess.etcd.EtcdView.MemberView;
import io.hasupervisor.assess.etcd.MemberState;
import io.hasupervisor.observe.backup.Space;
import io.hasupervisor.observe.etcd.Answer;
import io.hasupervisor.observe.etcd.Answer.Failed;
import io.hasupervisor.observe.etcd.Answer.Got;
import io.hasupervisor.observe.etcd.Answer.NotAsked;
import io.hasupervisor.observe.etcd.Header;
import io.hasupervisor.observe.etcd.StatusSeen;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether etcd may be backed up from this host's member now (control-plane 3.6): a backup of a
 * member that lags, is corrupt or has lost data would look like one that can be relied on.
 */
public final class Permission {
  /** Entries of the raft log that the member may be behind. */
  static final long LAG = 1000;

  private static final double FREE_PART = 0.15;
  private static final long FREE_BYTES = 1L << 30;

  private Permission() {}

  /** By the judgement of all members that the daemon has. */
  public static Optional<Refusal> of(EtcdView view) {
    ClusterState state = view.state();
    if (state == ClusterState.DATA_REGRESSION) {
      return refused(
          "DATA_REGRESSION",
          "etcd's data is older than this host saw before: a backup of it would push out those"
              + " made before.",
          "Find out first what happened to the data; after an intended restore: ha-supervisor etcd"
              + " accept-restore");
    }
    if (state == ClusterState.CORRUPT || state == ClusterState.SPLIT_VIEW) {
      return refused(
          state.name(),
          state == ClusterState.CORRUPT
              ? "Data of etcd is corrupt, and it is not known which member's is good."
              : "The members of etcd disagree on who they are.",
          "See: ha-supervisor etcd status");
    }
    if (!view.proven()) {
      return refused(
          "NOT_PROVEN",
          "Nothing proves at present that etcd's members agree, so this one's data may be old.",
          "See: ha-supervisor etcd status");
    }
    return view.own().map(Permission::of).orElseGet(Permission::noMember);
  }

  private static Optional<Refusal> of(MemberView own) {
    if (own.learner()) {
      return learner();
    }
    if (own.state() != MemberState.HEALTHY) {
      return refused(
          "MEMBER_" + own.state(),
          "This host's member of etcd is %s: %s.".formatted(own.state(), own.why()),
          "See: ha-supervisor etcd status");
    }
    return own.lag() > LAG ? lag(own.lag()) : Optional.empty();
  }

  /** Where no member is this host's. */
  public static Optional<Refusal> noMember() {
    return refused(
        "NO_MEMBER",
        "No member of etcd is on this host.",
        "Back it up where it runs; here set backup.enabled to false.");
  }

  /** By what the member itself says right before: of a linearizable read and of itself. */
  public static Optional<Refusal> of(Answer<Header> read, Answer<StatusSeen> status) {
    return unanswered("a read through consensus", read)
        .or(() -> unanswered("the question for its state", status))
        .or(() -> status.got().flatMap(Permission::of));
  }

  private static Optional<Refusal> of(StatusSeen seen) {
    if (seen.learner()) {
      return learner();
    }
    if (seen.errors().stream().anyMatch(error -> error.contains("CORRUPT"))) {
      return refused(
          "CORRUPT",
          "etcd says that data is corrupt, and it is not known which member's is good.",
          "See: ha-supervisor etcd status");
    }
    return seen.index() - seen.applied() > LAG
        ? lag(seen.index() - seen.applied())
        : Optional.empty();
  }

  private static Optional<Refusal> unanswered(String what, Answer<?> answer) {
    return switch (answer) {
      case Got<?> _ -> Optional.empty();
      case NotAsked<?> not ->
          refused("NOT_ANSWERED", "etcd was not asked: " + not.why() + ".", SEE);
      case Failed<?> failed ->
          refused(
              failed.fault().name(),
              "This host's member of etcd did not answer %s: %s.".formatted(what, failed.detail()),
              SEE);
    };
  }

  private static final String SEE = "See: ha-supervisor etcd status";

  private static Optional<Refusal> learner() {
    return refused(
        "LEARNER",
        "This host's member of etcd is a learner, whose data may be old.",
        "Promote it when it has caught up: etcdctl member promote ID");
  }

  private static Optional<Refusal> lag(long entries) {
    return refused(
        "LAGS",
        "This host's member of etcd is %d entries behind.".formatted(entries),
        "It should catch up by itself; if not, see: ha-supervisor etcd status");
  }

  /** Where an operator wants quiet. */
  public static Optional<Refusal> maintenance(Path file) {
    return refused(
        "MAINTENANCE",
        file + " is there: an operator wants nothing done to this host.",
        "When the work is done: rm " + file);
  }

  /**
   * Whether there is room for one more.
   *
   * @param dbSize bytes of the member's database
   */
  public static Optional<Refusal> space(Path directory, Space space, long dbSize) {
    long needed = Math.max(2 * dbSize + FREE_BYTES, (long) (space.total() * FREE_PART));
    return space.free() >= needed
        ? Optional.empty()
        : refused(
            "BACKUP_DIRECTORY_FULL",
            "%s has %d MiB free, and a backup needs %d MiB: twice the database and 1 GiB, and 15 %% of the file system."
                .formatted(directory, space.free() >> 20, needed >> 20),
            "Make room there, or give backup.directory a larger file system.");
  }

  private static Optional<Refusal> refused(String code, String text, String cure) {
    return Optional.of(new Refusal(code, text, cure));
  }
}
