package io.hasupervisor.publish;

import io.hasupervisor.assess.etcd.ClusterState;

/** What is wrong with etcd, in a clause. */
public final class EtcdWords {
  private EtcdWords() {}

  /** "etcd has lost quorum". */
  public static String trouble(ClusterState state) {
    return switch (state) {
      case DATA_REGRESSION -> "etcd's data is older than this host saw before";
      case SPLIT_VIEW -> "etcd's members disagree on who they are";
      case CORRUPT -> "etcd's data is corrupt";
      case PARTITIONED_SELF -> "this host's etcd is cut off from the cluster";
      case QUORUM_LOST -> "etcd has lost quorum";
      case QUORUM_UNKNOWN -> "nothing proves that etcd has quorum";
      case READ_ONLY -> "etcd refuses writes for want of space";
      case SINGLE -> "etcd has one member, fewer than there are masters";
      case QUORUM_AT_RISK -> "etcd works but can lose no member more";
      case QUORUM_DEGRADED -> "etcd works but can lose fewer members than it should";
      case QUORUM_FULL -> "etcd works";
    };
  }
}
