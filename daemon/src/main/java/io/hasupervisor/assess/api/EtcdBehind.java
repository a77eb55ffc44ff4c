package io.hasupervisor.assess.api;

import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.observe.api.ApiAnswer;
import java.util.Optional;

/**
 * What etcd has to do with an apiserver that is not well, each time as part of a sentence.
 *
 * @param own whether the apiserver is this host's
 * @param state empty before etcd was judged
 * @param sentence on etcd; may be empty
 */
record EtcdBehind(boolean own, Optional<ClusterState> state, String sentence) {

  /** Whether no apiserver can work with it. */
  boolean fails() {
    return state.isPresent()
        && switch (state.get()) {
          case QUORUM_LOST, QUORUM_UNKNOWN, READ_ONLY, CORRUPT, SPLIT_VIEW -> true;
          // Those of the other masters have an etcd that works.
          case PARTITIONED_SELF -> own;
          case DATA_REGRESSION, SINGLE, QUORUM_AT_RISK, QUORUM_DEGRADED, QUORUM_FULL -> false;
        };
  }

  /** The same where the apiserver has answered {@code check} when asked about its etcd. */
  boolean fails(ApiAnswer check) {
    // Its check is a read through consensus: then only we do not know.
    boolean proven =
        check instanceof ApiAnswer.Well
            && state.filter(it -> it == ClusterState.QUORUM_UNKNOWN).isPresent();
    return fails() && !proven;
  }

  /** What is so of it. */
  String words() {
    return "etcd: " + (sentence.isEmpty() ? "it does not work" : sentence);
  }

  /** The apiserver's own check says that it does not answer. */
  String unreached() {
    if (fails()) {
      return words();
    }
    return sentence.isEmpty()
        ? "its etcd does not answer it"
        : "its etcd does not answer it, though as seen from here etcd " + sentence;
  }

  /** Why the apiserver may have ended; empty where etcd is no reason to. */
  String ends() {
    return fails() ? "an apiserver ends where it finds no etcd; " + words() : "";
  }

  /** Why this host may not reach the apiserver; empty where that is not its own fault. */
  String cutOff() {
    return state.filter(it -> it == ClusterState.PARTITIONED_SELF).isPresent() ? words() : "";
  }
}
