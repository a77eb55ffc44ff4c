package io.hasupervisor.observe.api;

import io.hasupervisor.cluster.ApiserverSettings;
import io.hasupervisor.observe.HttpCall;
import io.hasupervisor.observe.HttpCall.Reply;
import java.net.URI;
import java.time.Duration;

/** Asks this host's own apiserver whether it is ready, now. From any thread. */
public final class ReadyQuestion {
  private static final Duration LIMIT = Duration.ofSeconds(2);

  /** A second question is worth its while. */
  private static final Duration LEAST = Duration.ofMillis(100);

  private static final int LONGEST = 16 * 1024;

  private final URI url;
  private final HttpCall http;

  private ReadyQuestion(URI url, HttpCall http) {
    this.url = url;
    this.http = http;
  }

  /** Asks nothing yet. */
  public static ReadyQuestion of(ApiserverSettings settings) {
    return new ReadyQuestion(settings.local(), ApiserverLook.http(settings));
  }

  /** What it says to {@code /readyz}, or to {@code /healthz} where it has none; two seconds. */
  public ApiAnswer ask() throws InterruptedException {
    long begun = System.nanoTime();
    ApiAnswer today = ask("/readyz", LIMIT);
    Duration left = LIMIT.minusNanos(System.nanoTime() - begun);
    return today instanceof ApiAnswer.NoSuchPath && left.compareTo(LEAST) > 0
        ? ask("/healthz", left)
        : today;
  }

  private ApiAnswer ask(String path, Duration limit) throws InterruptedException {
    long begun = System.nanoTime();
    Reply reply = http.within(limit, LONGEST).get(url.resolve(path));
    return ApiAnswers.of(reply, Duration.ofNanos(System.nanoTime() - begun));
  }
}
