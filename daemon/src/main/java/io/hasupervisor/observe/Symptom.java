package io.hasupervisor.observe;

/** How a target failed a probe. The names are part of the published status: do not rename them. */
public enum Symptom {
  /** Nothing listens at the address, or the unix socket's owner is gone. */
  REFUSED,
  /** The unix socket's path does not exist. */
  NO_SOCKET,
  /** No route, host down, name not resolved. */
  UNREACHABLE,
  /** Connected or not, no whole answer came before the deadline. */
  TIMED_OUT,
  /** The connection was closed or reset before a whole answer. */
  CLOSED,
  /** An HTTP answer with a status outside the expected ones. */
  BAD_STATUS,
  /** The expected text is not in the body. */
  BAD_BODY,
  /** An answer that is not of the protocol asked for, or that never ends. */
  GARBAGE,
  /** The TLS handshake failed: untrusted, expired or wrongly named certificate. */
  TLS_FAILED,
  /** A command ended with an unexpected exit code. */
  BAD_EXIT,
  /** The process is gone. */
  NO_PROCESS,
  /** The process is a zombie: dead, not yet reaped by its parent. */
  ZOMBIE,
  /** Being stopped for longer than its kill ladder allows. */
  STOP_HANGS
}
