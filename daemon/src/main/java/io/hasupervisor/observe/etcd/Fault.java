package io.hasupervisor.observe.etcd;

/** Why a question to etcd was not answered. */
public enum Fault {
  /** Nobody listens: the connection was refused. */
  REFUSED,
  /** No answer within the deadline; the connection may have been accepted. */
  TIMEOUT,
  /** No route, name not found, connection lost. */
  UNREACHABLE,
  /** The handshake failed: certificates, not etcd. */
  TLS,
  /** Known but not let in: 401, 403, authentication. A PermissionDenied of a range is no fault. */
  DENIED,
  /** The member says that it knows no leader. */
  NO_LEADER,
  /** The member answered that the cluster did not agree in time ("request timed out"). */
  NO_QUORUM,
  /** The member says that its data is corrupt. */
  CORRUPT,
  /** The member refuses writes: alarm NOSPACE. */
  NO_SPACE,
  /** The member is a learner, which does not answer this. */
  LEARNER,
  /** The member says that it was removed from the cluster. */
  REMOVED,
  /** An answer that is not etcd's. */
  GARBAGE,
  /** Any other refusal by etcd itself. */
  ERROR
}
