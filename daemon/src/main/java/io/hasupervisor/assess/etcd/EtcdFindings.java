package io.hasupervisor.assess.etcd;

import io.hasupervisor.assess.Finding;
import java.util.List;

/** What an operator is to do about etcd's state. */
public final class EtcdFindings {
  private EtcdFindings() {}

  /** A finding for a state that is not full, and for each reason and alarm; area {@code etcd}. */
  public static List<Finding> of(EtcdView view) {
    return List.of();
  }
}
