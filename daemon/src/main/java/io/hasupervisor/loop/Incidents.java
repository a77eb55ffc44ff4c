package io.hasupervisor.loop;

import io.hasupervisor.control.Reply;
import io.hasupervisor.decide.Because;
import io.hasupervisor.observe.Exit;
import java.util.concurrent.CompletableFuture;

/** Keeps incidents on disk, away from the loop's thread: every method returns at once. */
interface Incidents {

  /** A death by itself: opens an incident, or counts it in the open one. */
  void died(String service, Exit exit, Because because, String reason);

  /** Every open incident of this service is over. */
  void recovered(String service);

  /** The text of one incident. */
  void show(String id, CompletableFuture<Reply> answer);
}
