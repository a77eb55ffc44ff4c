package io.hasupervisor.observe.leader;

import io.hasupervisor.cluster.Master;
import java.util.List;

/** Reads the election records of scheduler and controller manager through an apiserver. */
public final class LeaderLook implements AutoCloseable {
  private LeaderLook() {}

  /** Nothing is asked yet. */
  public static LeaderLook of(Master master) {
    return new LeaderLook();
  }

  /** One for each component, within five seconds. That they cannot be read is an answer. */
  public List<LeaderSeen> look() throws InterruptedException {
    return List.of();
  }

  @Override
  public void close() {}
}
