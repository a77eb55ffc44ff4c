package io.hasupervisor.act.worker;

import io.hasupervisor.decide.Outcome;
import io.hasupervisor.observe.RunState;
import java.util.Optional;

/** The services of this host, as whoever joins a load balancer needs them. */
public interface Units {

  /** Orders that it is stopped and started anew; whether it lives is for the next look to say. */
  Outcome restart(String service) throws InterruptedException;

  /** Whether it runs now. */
  RunState state(String service) throws InterruptedException;

  /** Why it is not well, part of a sentence; empty where its probes pass. */
  Optional<String> unwell(String service) throws InterruptedException;

  /** Whether it has a connection to the load balancer. */
  boolean connected(String service) throws InterruptedException;
}
