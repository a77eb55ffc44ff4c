package io.hasupervisor.observe.etcd;

import io.hasupervisor.observe.HttpCall;
import io.hasupervisor.observe.HttpCall.Reply;
import io.hasupervisor.observe.etcd.HttpAnswers.Refused;
import java.time.Duration;

/** Questions over HTTP that belong together, in their common deadline. */
final class HttpQuestion {
  private final Endpoint endpoint;
  private final HttpCall http;
  private final long end;

  private HttpQuestion(Endpoint endpoint, HttpCall http, long end) {
    this.endpoint = endpoint;
    this.http = http;
    this.end = end;
  }

  /** What is asked and made of the answers. */
  interface Asked<T> {
    T of(HttpQuestion question) throws NotEtcd, Refused, InterruptedException;
  }

  static <T> Answer<T> ask(Endpoint endpoint, HttpCall http, Duration deadline, Asked<T> asked)
      throws InterruptedException {
    long begun = System.nanoTime();
    try {
      T value = asked.of(new HttpQuestion(endpoint, http, begun + deadline.toNanos()));
      return new Answer.Got<>(value, since(begun));
    } catch (Refused e) {
      return new Answer.Failed<>(e.refusal().fault(), e.refusal().detail(), since(begun));
    } catch (NotEtcd e) {
      return new Answer.Failed<>(Fault.GARBAGE, String.valueOf(e.getMessage()), since(begun));
    }
  }

  /**
   * The answer with status 200.
   *
   * @param longest bytes of its body
   */
  Reply.Answer get(String path, int longest) throws Refused, InterruptedException {
    return HttpAnswers.good(http.within(left(), longest).get(endpoint.at(path)), endpoint.secure());
  }

  /** The answer to a form, created or changed. */
  Reply.Answer put(String path, String form, int longest) throws Refused, InterruptedException {
    Reply reply = http.within(left(), longest).put(endpoint.at(path), form);
    return reply instanceof Reply.Answer answer && answer.status() == 201
        ? answer
        : HttpAnswers.good(reply, endpoint.secure());
  }

  /** In tenths of a second, for it is told when it has passed. */
  private Duration left() {
    long tenths = Math.ceilDiv(end - System.nanoTime(), 100_000_000);
    return Duration.ofMillis(100 * Math.max(tenths, 1));
  }

  private static Duration since(long begun) {
    return Duration.ofNanos(System.nanoTime() - begun);
  }
}
