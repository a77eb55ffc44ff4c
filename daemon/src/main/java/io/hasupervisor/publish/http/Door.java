package io.hasupervisor.publish.http;

/** One bound address of ours. */
interface Door {

  /**
   * Binds and serves.
   *
   * @throws RuntimeException when it cannot be bound
   */
  void start();

  void stop();

  boolean running();

  /** The port that is bound. */
  int port();
}
