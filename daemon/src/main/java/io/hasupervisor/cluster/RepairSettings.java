package io.hasupervisor.cluster;

import java.time.Duration;

/**
 * How patiently a master is repaired where that costs its member of etcd (control-plane 3.2).
 *
 * @param spacing least time between two repairs in the cluster, by this host's clock
 * @param hostSpacing least time between two repairs of this host, doubled and tripled by failures
 * @param perDay repairs of this host within 24 hours; beyond, it waits, and an alarm is given
 * @param steady how long this master must be well before the next one has its turn
 * @param unfinishedAfter a repair that is not steady by then has failed; the lock is kept
 * @param deadline told to the others: after this, and {@code breakAfter} more, they may doubt that
 *     the holder lives
 * @param bootGrace after a boot nothing that lives is disturbed for so long
 * @param lockPatience a host whose member is down waits so long for the lock
 * @param single whether the only member may be restarted with a hung docker although its apiserver
 *     serves
 * @param hung whether a member that lives and answers nothing is restarted
 */
public record RepairSettings(
    Duration spacing,
    Duration hostSpacing,
    int perDay,
    Duration steady,
    Duration unfinishedAfter,
    Duration deadline,
    Duration breakAfter,
    Duration bootGrace,
    Duration lockPatience,
    boolean single,
    boolean hung) {

  /** What holds unless configured otherwise. */
  public static final RepairSettings DEFAULT =
      new RepairSettings(
          Duration.ofMinutes(10),
          Duration.ofMinutes(30),
          3,
          Duration.ofSeconds(60),
          Duration.ofMinutes(15),
          Duration.ofMinutes(15),
          Duration.ofMinutes(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(2),
          false,
          false);
}
