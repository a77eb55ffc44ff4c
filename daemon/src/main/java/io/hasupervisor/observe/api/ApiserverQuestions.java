package io.hasupervisor.observe.api;

import io.hasupervisor.observe.HttpCall;
import io.hasupervisor.observe.HttpCall.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The questions to one apiserver; used by one thread at a time. */
final class ApiserverQuestions {
  /** For the question that decides: what takes longer is not served to clients in time either. */
  private static final Duration DECIDING = Duration.ofSeconds(4);

  /** For all of them together, so that a round takes no more than five seconds. */
  private static final Duration ALL = Duration.ofMillis(4800);

  /** A question that is given less time says nothing of the apiserver. */
  private static final Duration LEAST = Duration.ofMillis(200);

  private static final int LONGEST = 16 * 1024;

  private final String master;
  private final URI url;
  private final boolean own;
  private final HttpCall http;
  private boolean old;

  /**
   * Asks nothing yet.
   *
   * @param url without a path
   * @param own whether it is this host's: then it is asked, too, whether it is ready
   */
  ApiserverQuestions(String master, URI url, boolean own, HttpCall http) {
    this.master = master;
    this.url = url;
    this.own = own;
    this.http = http;
  }

  private record Asked(ApiAnswer answer, Optional<String> certificate) {}

  /** One round; five seconds at most. */
  ApiserverSeen ask() throws InterruptedException {
    long begun = System.nanoTime();
    Asked live = live(begun);
    ApiAnswer ready = ready(live.answer(), begun);
    return new ApiserverSeen(
        master,
        url.toString(),
        own,
        live.answer(),
        ready,
        cause(live.answer(), ready, begun),
        live.certificate());
  }

  /**
   * Old apiservers know {@code /healthz} alone; that is remembered until one does not answer, for
   * it may be a newer one that comes back.
   */
  private Asked live(long begun) throws InterruptedException {
    if (!old) {
      Asked today = ask("/livez", begun, DECIDING);
      if (!(today.answer() instanceof ApiAnswer.NoSuchPath)) {
        return today;
      }
    }
    Asked before = ask("/healthz", begun, DECIDING);
    old =
        !(before.answer() instanceof ApiAnswer.NoSuchPath
            || before.answer() instanceof ApiAnswer.Silent);
    return before;
  }

  private ApiAnswer ready(ApiAnswer live, long begun) throws InterruptedException {
    if (!own) {
      return new ApiAnswer.NotAsked("others are asked whether they live");
    }
    if (old) {
      return new ApiAnswer.NotAsked("it is too old to tell");
    }
    return live instanceof ApiAnswer.Well
        ? ask("/readyz", begun, ALL).answer()
        : new ApiAnswer.NotAsked("it does not say that it lives");
  }

  private ApiAnswer cause(ApiAnswer live, ApiAnswer ready, long begun) throws InterruptedException {
    return live instanceof ApiAnswer.Failing || ready instanceof ApiAnswer.Failing
        ? ask("/healthz/etcd", begun, ALL).answer()
        : new ApiAnswer.NotAsked("nothing failed that etcd could be the cause of");
  }

  /** Within what is left of {@code limit} since {@code begun}. */
  private Asked ask(String path, long begun, Duration limit) throws InterruptedException {
    long asked = System.nanoTime();
    Duration left = limit.minusNanos(asked - begun);
    if (left.compareTo(LEAST) < 0) {
      return new Asked(new ApiAnswer.NotAsked("there was no time left"), Optional.empty());
    }
    // In tenths of a second, for it is told when it has passed.
    Duration told = Duration.ofMillis(left.toMillis() / 100 * 100);
    Reply reply = http.within(told, LONGEST).get(url.resolve(path));
    Duration took = Duration.ofNanos(System.nanoTime() - asked);
    return new Asked(ApiAnswers.of(reply, took), ApiAnswers.certificate(reply));
  }
}
