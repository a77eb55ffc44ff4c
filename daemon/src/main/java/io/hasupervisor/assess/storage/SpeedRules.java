package io.hasupervisor.assess.storage;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.cluster.EtcdLimits;
import io.hasupervisor.observe.etcd.EtcdRound;
import java.util.List;

/** Database size, speed, leader changes, round trips and clocks, from rounds. */
public final class SpeedRules {
  private SpeedRules() {}

  /** What is wrong, and what is to be remembered. */
  public record Checked(SpeedHistory next, List<Finding> findings) {}

  /** Pure; all times come from the round. */
  public static Checked check(
      EtcdLimits limits, SpeedHistory before, EtcdRound round, EtcdView view) {
    throw new UnsupportedOperationException();
  }
}
