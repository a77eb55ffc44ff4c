package io.hasupervisor.observe.leader;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hasupervisor.observe.Excerpt;
import io.hasupervisor.observe.HttpCall.Reply;
import io.hasupervisor.observe.api.ApiAnswer;
import io.hasupervisor.observe.api.ApiAnswers;
import java.time.Duration;
import java.time.Instant;

/** What an apiserver said when it was asked for an election's record. */
sealed interface ElectionAnswer {
  /** Bytes of an answer: a record has one to two thousand. */
  int LONGEST = 64 * 1024;

  JsonMapper JSON = new JsonMapper();

  /** A record, or what stands in its place and is none. */
  record Found(LeaderSeen.Reading reading) implements ElectionAnswer {}

  /**
   * There is none of this form.
   *
   * @param known whether such objects are known there at all
   */
  record None(boolean known) implements ElectionAnswer {}

  /** It may not be read; {@code why} is part of a sentence. */
  record Denied(String why) implements ElectionAnswer {}

  /** No answer to be believed; {@code why} is part of a sentence. */
  record Silent(String why) implements ElectionAnswer {}

  /** The answer to a question for a Lease. An apiserver older than Leases knows no such path. */
  static ElectionAnswer lease(Reply reply, Instant wall) {
    return of(reply, node -> new RecordReader(wall).lease(node));
  }

  /** The answer to a question for an Endpoints object, which every apiserver knows. */
  static ElectionAnswer endpoints(Reply reply, Instant wall) {
    ElectionAnswer answer = of(reply, node -> new RecordReader(wall).annotation(node));
    return answer.equals(new None(false))
        ? new Silent("what answers knows no Endpoints: it is no apiserver")
        : answer;
  }

  /** What is made of a whole answer. */
  interface Reader {
    ElectionAnswer read(JsonNode node) throws RecordReader.Malformed;
  }

  private static ElectionAnswer of(Reply reply, Reader reader) {
    return switch (ApiAnswers.of(reply, Duration.ZERO)) {
      case ApiAnswer.Well _ when reply instanceof Reply.Answer answer ->
          read(answer.body(), reader);
      case ApiAnswer.Well _ -> new Silent("no answer");
      case ApiAnswer.Denied denied -> new Denied(denied(denied.status(), reply));
      // In words of its own (a Status) for the object, in plain text for the path.
      case ApiAnswer.NoSuchPath _ ->
          new None(reply instanceof Reply.Answer answer && answer.body().contains("\"Status\""));
      case ApiAnswer.Failing(int status, _, String said) -> new Silent(status + ": " + said);
      case ApiAnswer.Foreign(_, String said) -> new Silent("what answers is no apiserver: " + said);
      case ApiAnswer.Silent(_, _, String detail) -> new Silent(detail);
      case ApiAnswer.NotAsked(String why) -> new Silent(why);
    };
  }

  private static ElectionAnswer read(String body, Reader reader) {
    try {
      if (body.length() >= LONGEST) {
        throw new RecordReader.Malformed("is larger than 64 KiB");
      }
      return reader.read(JSON.readTree(body));
    } catch (JsonProcessingException e) {
      return new Found(new LeaderSeen.Reading.Malformed("is no JSON"));
    } catch (RecordReader.Malformed e) {
      return new Found(new LeaderSeen.Reading.Malformed(e.why()));
    }
  }

  /** In the apiserver's own words, which name the user and what it may not. */
  private static String denied(int status, Reply reply) {
    String body = reply instanceof Reply.Answer answer ? answer.body() : "";
    try {
      String message = JSON.readTree(body).path("message").asText();
      return status + ": " + Excerpt.of(message.isEmpty() ? body : message);
    } catch (JsonProcessingException e) {
      return status + ": " + Excerpt.of(body);
    }
  }
}
