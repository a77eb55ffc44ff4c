package io.hasupervisor.assess.api;

/** How an apiserver is. The first that fits. */
public enum ApiserverState {
  /** Not enough was seen yet. */
  UNKNOWN,
  /** Nothing listens there. */
  DOWN,
  /** No way there: no route, or nothing comes back. */
  UNREACHABLE,
  /** It accepts connections and does not answer. */
  HUNG,
  /** Its certificate, or ours, is not taken: it runs, but clients are not served. */
  UNTRUSTED,
  /** Something else answers there. */
  FOREIGN,
  /** It runs, and does not work because etcd does not. */
  ETCD_FAILS,
  /** It says that it is not well, for another reason. */
  SICK,
  /** It lives, and is not ready to serve yet, or any more. */
  NOT_READY,
  /** It serves, and does not tell us how it is: 401 or 403. */
  UP,
  /** It serves and says that it is well. */
  HEALTHY;

  /** Whether it serves clients. */
  public boolean serves() {
    return this == UP || this == HEALTHY;
  }
}
