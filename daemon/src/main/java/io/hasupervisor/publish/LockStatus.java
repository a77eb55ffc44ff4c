package io.hasupervisor.publish;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The lock by which the masters take turns: {@link
 * io.hasupervisor.observe.disruption.LockDocument}.
 *
 * @param readable whether it was read and understood
 * @param why what is wrong with it; may be empty
 * @param readAt when it was read last, {@code ageMillis} ago
 */
public record LockStatus(
    boolean readable,
    String why,
    Optional<HolderStatus> holder,
    Optional<FreezeStatus> freeze,
    List<PastStatus> history,
    Optional<RollingStatus> rolling,
    Optional<Instant> readAt,
    Optional<Long> ageMillis) {
  public LockStatus {
    history = List.copyOf(history);
  }

  /**
   * Who holds the lock.
   *
   * @param since by its own clock
   * @param seenSince by this host's: since when this daemon knows it
   */
  public record HolderStatus(
      String node,
      String machineId,
      Optional<String> member,
      String action,
      String reason,
      Instant since,
      Optional<Instant> seenSince,
      long deadlineSeconds) {}

  /** An order to disturb no master. */
  public record FreezeStatus(String by, String why, Instant since) {}

  /**
   * An earlier holder.
   *
   * @param result {@code DONE}, {@code NOT_NEEDED}, {@code FAILED} or {@code BROKEN}
   */
  public record PastStatus(
      String node, String action, String result, Instant began, Instant ended) {}

  /**
   * Work that each master does in its turn.
   *
   * @param masters those that are to do it, in their order
   * @param stopped why it goes no further; empty while it goes on
   */
  public record RollingStatus(
      String id,
      String action,
      String by,
      String why,
      Instant since,
      List<String> masters,
      List<String> done,
      Optional<String> stopped) {
    public RollingStatus {
      masters = List.copyOf(masters);
      done = List.copyOf(done);
    }
  }
}
