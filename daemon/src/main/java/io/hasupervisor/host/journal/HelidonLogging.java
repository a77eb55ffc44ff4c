package io.hasupervisor.host.journal;

import io.helidon.logging.common.spi.LoggingProvider;

/**
 * Tells Helidon that its log is taken care of: it goes through System.Logger to tinylog. Without a
 * provider Helidon complains on standard error at each start.
 */
public final class HelidonLogging implements LoggingProvider {
  @Override
  public void initialization() {}

  @Override
  public void runTime() {}
}
