package io.hasupervisor.publish;

import io.hasupervisor.publish.ControlPlane.ReadyStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A feed that comes later: the web server starts beside the loop, not after it, and whoever asks
 * early waits a moment.
 */
public final class LateFeed implements Feed, ReadyFeed {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final CompletableFuture<Feed> feed = new CompletableFuture<>();
  private final CompletableFuture<ReadyFeed> gate = new CompletableFuture<>();

  /**
   * From now on everything is read from {@code real}, and load balancers are told by {@code ready}.
   */
  public void is(Feed real, ReadyFeed ready) {
    gate.complete(ready);
    feed.complete(real);
  }

  private Feed real() {
    return late(feed);
  }

  private static <T> T late(CompletableFuture<T> coming) {
    return coming.copy().orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  @Override
  public ReadyStatus ready() {
    return late(gate).ready();
  }

  @Override
  public Status status() {
    return real().status();
  }

  @Override
  public Optional<ClusterStatus> cluster() {
    return real().cluster();
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
