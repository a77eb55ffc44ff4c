package io.hasupervisor.assess.etcd;

import io.hasupervisor.observe.etcd.Answer;
import io.hasupervisor.observe.etcd.Fault;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Outcomes of questions in a few words. */
final class Told {
  private static final Pattern PORT = Pattern.compile(":(\\d{1,5})(?:/.*)?$");

  private Told() {}

  /** {@code ok, 2 ms}, {@code refused}, {@code not asked}. */
  static String of(Answer<?> answer) {
    return switch (answer) {
      case Answer.Got<?> got -> "ok, " + took(got.took());
      case Answer.Failed<?> failed -> of(failed);
      case Answer.NotAsked<?> _ -> "not asked";
    };
  }

  private static String of(Answer.Failed<?> failed) {
    return failed.fault() == Fault.TIMEOUT
        ? "no answer in " + took(failed.took())
        : of(failed.fault());
  }

  static String of(Fault fault) {
    return switch (fault) {
      case REFUSED -> "refused";
      case TIMEOUT -> "no answer";
      case UNREACHABLE -> "not reachable";
      case TLS -> "TLS handshake failed";
      case DENIED -> "permission denied";
      case NO_LEADER -> "no leader";
      case NO_QUORUM -> "the cluster did not agree in time";
      case CORRUPT -> "corrupt";
      case NO_SPACE -> "no space";
      case LEARNER -> "learner";
      case REMOVED -> "removed";
      case GARBAGE -> "not an answer of etcd";
      case ERROR -> "refused by etcd";
    };
  }

  private static String took(Duration time) {
    return time.compareTo(Duration.ofSeconds(2)) < 0
        ? time.toMillis() + " ms"
        : time.plusMillis(500).toSeconds() + " s";
  }

  /** The port of a URL, or the URL. */
  static String port(String url) {
    Matcher found = PORT.matcher(url);
    return found.find() ? found.group(1) : url;
  }
}
