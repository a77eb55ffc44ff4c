package io.hasupervisor.observe.disruption;

import io.hasupervisor.observe.etcd.EtcdId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that the masters share about disturbing one of them, under one key without a lease: one
 * compare-and-set of its revision is the whole protocol (control-plane 3.2.5). A lease would free
 * the slot just when its holder is stuck in the middle of a restart.
 *
 * @param holder who holds the only slot
 * @param freeze nobody may take the slot while this is set
 * @param history the last twenty, newest last
 * @param rolling work that each master is to do in its turn
 */
public record LockDocument(
    Optional<Holder> holder,
    Optional<Freeze> freeze,
    List<Past> history,
    Optional<Rolling> rolling) {
  /** Of the history. */
  public static final int KEPT = 20;

  /** As if nobody had ever taken it: the key is not there. */
  public static final LockDocument EMPTY =
      new LockDocument(Optional.empty(), Optional.empty(), List.of(), Optional.empty());

  public LockDocument {
    history = List.copyOf(history);
  }

  /**
   * The master that may be disturbed now.
   *
   * @param machineId names the host, {@code bootId} its boot at the time of taking
   * @param member its member of etcd
   * @param action what it does, such as {@code restart docker}
   * @param reason one sentence
   * @param since wall time of its own clock: for people
   * @param deadline after which others may begin to doubt that it lives
   * @param nonce another one for each taking
   * @param apiserver whether its apiserver served then, so that it must serve again before release
   */
  public record Holder(
      String machineId,
      String node,
      Optional<EtcdId> member,
      String bootId,
      String action,
      String reason,
      Instant since,
      Duration deadline,
      String nonce,
      boolean apiserver) {}

  /** An order to disturb no master, by a user or by a daemon after repeated failures. */
  public record Freeze(String by, String why, Instant since) {}

  /** How a holder ended. */
  public enum Result {
    /** It was done, and the master has been steady since. */
    DONE,
    /** Nothing had to be done after all. */
    NOT_NEEDED,
    /** It was done, and the master did not become steady. */
    FAILED,
    /** Another master, or an operator, took the slot from a holder that was gone. */
    BROKEN
  }

  /** One of the last holders. Times are wall times of its own clock. */
  public record Past(
      String nonce, String node, String action, Result result, Instant began, Instant ended) {}

  /**
   * Work that every master does once, one after the other.
   *
   * @param id another one for each order
   * @param action such as {@code restart docker}
   * @param by user and host
   * @param why as the user said; may be empty
   * @param masters names of those that are to do it, in their order
   * @param done names of the masters that have done it
   * @param stopped why it goes no further; empty while it goes on
   */
  public record Rolling(
      String id,
      String action,
      String by,
      String why,
      Instant since,
      List<String> masters,
      List<String> done,
      Optional<String> stopped) {
    public Rolling {
      masters = List.copyOf(masters);
      done = List.copyOf(done);
    }

    /** Whose turn it is; empty once all have done it. */
    public Optional<String> next() {
      return masters.stream().filter(name -> !done.contains(name)).findFirst();
    }

    /** Whether there is a master whose turn it is. */
    public boolean goesOn() {
      return stopped.isEmpty() && next().isPresent();
    }
  }
}
