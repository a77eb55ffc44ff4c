package io.hasupervisor.publish;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A feed that comes later: the web server starts beside the loop, not after it, and whoever asks
 * early waits a moment.
 */
public final class LateFeed implements Feed {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final CompletableFuture<Feed> feed = new CompletableFuture<>();

  /** From now on everything is read from {@code real}. */
  public void is(Feed real) {
    feed.complete(real);
  }

  private Feed real() {
    return feed.copy().orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  @Override
  public Status status() {
    return real().status();
  }

  @Override
  public List<ServiceEvent> eventsSince(long seq) {
    return real().eventsSince(seq);
  }

  @Override
  public Duration sinceLastTurn() {
    return real().sinceLastTurn();
  }
}
