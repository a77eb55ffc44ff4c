package io.hasupervisor.publish;

import io.hasupervisor.publish.ControlPlane.ReadyStatus;

/** Tells load balancers whether this master should be sent traffic. */
public interface ReadyFeed {

  /** Asked anew at most once a second; within three seconds, from any thread. */
  ReadyStatus ready();
}
