package io.hasupervisor.control;

import java.util.concurrent.CompletableFuture;

/** Whoever answers requests: the loop. */
@FunctionalInterface
public interface Handler {

  /**
   * Answers {@code request} of {@code user}; called from the socket's threads, completed by the
   * loop.
   *
   * @param user name or uid of the peer, shown in holds and logs
   */
  CompletableFuture<Reply> handle(Request request, String user);
}
