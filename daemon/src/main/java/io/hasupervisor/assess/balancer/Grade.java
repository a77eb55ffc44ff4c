package io.hasupervisor.assess.balancer;

import io.hasupervisor.observe.Symptom;
import io.hasupervisor.observe.api.ApiAnswer;
import io.hasupervisor.observe.balancer.Passage;

/** What one passage says, taken by itself. */
enum Grade {
  SERVED,
  /** It would have been served, had the certificate been one that clients take. */
  UNTRUSTED,
  /** An apiserver answered, and it is not well. */
  SICK_MASTER,
  /** The load balancer itself said that it has nobody, or hung up. */
  NOBODY,
  FOREIGN,
  HUNG,
  UNREACHED,
  REFUSED,
  UNASKED;

  /**
   * Of a passage.
   *
   * @param known whether the certificate is that of one master
   */
  static Grade of(Passage passage, boolean known) {
    return switch (passage.answer()) {
      case ApiAnswer.Well _, ApiAnswer.Denied _ ->
          passage.distrust().isEmpty() ? SERVED : UNTRUSTED;
      // An apiserver whose checks fail says 500 and names them; these are a proxy's own.
      case ApiAnswer.Failing it ->
          !known && it.checks().isEmpty() && proxys(it.status()) ? NOBODY : SICK_MASTER;
      case ApiAnswer.Foreign it -> proxys(it.status()) ? NOBODY : FOREIGN;
      // Every apiserver has /healthz.
      case ApiAnswer.NoSuchPath _ -> FOREIGN;
      case ApiAnswer.Silent it -> it.connected() ? afterConnect(it.symptom()) : before(it);
      case ApiAnswer.NotAsked _ -> UNASKED;
    };
  }

  private static boolean proxys(int status) {
    return status >= 502 && status <= 504;
  }

  private static Grade afterConnect(Symptom symptom) {
    return switch (symptom) {
      case CLOSED -> NOBODY;
      case TLS_FAILED -> UNTRUSTED;
      default -> HUNG;
    };
  }

  private static Grade before(ApiAnswer.Silent it) {
    return it.symptom() == Symptom.REFUSED ? REFUSED : UNREACHED;
  }

  boolean served() {
    return this == SERVED;
  }

  /** What it makes of the load balancer where all connections end so. */
  BalancerState alone() {
    return switch (this) {
      case SERVED -> BalancerState.HEALTHY;
      case UNTRUSTED -> BalancerState.UNTRUSTED;
      case SICK_MASTER -> BalancerState.DEAD_BACKEND;
      case NOBODY -> BalancerState.NO_BACKEND;
      case FOREIGN -> BalancerState.FOREIGN;
      case HUNG -> BalancerState.HUNG;
      case UNREACHED -> BalancerState.UNREACHABLE;
      case REFUSED -> BalancerState.DOWN;
      case UNASKED -> BalancerState.UNKNOWN;
    };
  }
}
