package io.hasupervisor.observe.etcd;

import com.fasterxml.jackson.databind.JsonNode;
import io.hasupervisor.host.Clock;
import io.hasupervisor.observe.HttpCall;
import io.hasupervisor.observe.HttpCall.Reply;
import io.hasupervisor.observe.etcd.HttpAnswers.Refused;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** E4: a member's peer port, which answers where its clients' port is not for others. */
record PeerPort(HttpCall http, Clock clock) {
  private static final int LONGEST = 64 * 1024;

  /** The header has whole seconds; half of one is the best guess of what was cut off. */
  private static final Duration CUT_OFF = Duration.ofMillis(500);

  /** Version and clock, and its member list if it gives one. */
  Answer<PeerSeen> ask(Endpoint endpoint, Duration deadline) throws InterruptedException {
    return HttpQuestion.ask(
        endpoint,
        http,
        deadline,
        question -> {
          Instant sent = clock.wall();
          Reply.Answer answer = question.get("/version", LONGEST);
          Optional<Duration> ahead = ahead(answer, sent, clock.wall());
          String version = HttpAnswers.version(HttpAnswers.json(answer));
          return new PeerSeen(version, members(question), ahead);
        });
  }

  private static List<MemberSeen> members(HttpQuestion question) throws InterruptedException {
    try {
      JsonNode list = HttpAnswers.json(question.get("/members", LONGEST));
      return HttpAnswers.members(list);
    } catch (Refused | NotEtcd e) {
      return List.of();
    }
  }

  /** Its time minus ours, taken as the middle between question and answer. */
  private static Optional<Duration> ahead(Reply.Answer answer, Instant sent, Instant received) {
    String date = answer.headers().getOrDefault("date", "");
    try {
      Instant theirs =
          ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant().plus(CUT_OFF);
      Instant ours = sent.plus(Duration.between(sent, received).dividedBy(2));
      return Optional.of(Duration.between(ours, theirs));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
