package io.hasupervisor.assess.balancer;

/** What is remembered of the load balancer from round to round. */
public record BalancerHistory() {

  /** Before the first round. */
  public static BalancerHistory none() {
    return new BalancerHistory();
  }
}
