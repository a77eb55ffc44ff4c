package io.hasupervisor.observe.leader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.observe.HttpCall.Reply;
import io.hasupervisor.observe.Symptom;
import io.hasupervisor.observe.leader.LeaderRecord.Source;
import io.hasupervisor.observe.leader.LeaderSeen.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of an apiserver's answer, in both forms of a record. */
final class ElectionAnswerTest {
  private static final Instant WALL = Instant.parse("2026-05-04T09:30:12Z");

  private static Reply reply(int status, String body) {
    return new Reply.Answer(
        status, Map.of("content-type", "application/json"), body, Optional.empty());
  }

  private static Reading lease(String body) {
    return assertInstanceOf(
            ElectionAnswer.Found.class, ElectionAnswer.lease(reply(200, body), WALL))
        .reading();
  }

  private static Reading endpoints(String body) {
    return assertInstanceOf(
            ElectionAnswer.Found.class, ElectionAnswer.endpoints(reply(200, body), WALL))
        .reading();
  }

  @Test
  void aLeaseOfToday() {
    assertEquals(
        new Reading.Got(
            new LeaderRecord(
                Source.LEASE,
                "master-1_0f6f3a52-8a6f-4a2c-9d0e-3f7be02b8f11",
                7,
                15,
                Optional.of(Instant.parse("2026-05-04T09:30:11.562100Z")),
                Duration.ZERO,
                "9812345")),
        lease(Records.LEASE));
  }

  @Test
  void anAnnotationOf2017() {
    assertEquals(
        new Reading.Got(
            new LeaderRecord(
                Source.ENDPOINTS,
                "kubernetes-master-b",
                3,
                15,
                Optional.of(Instant.parse("2017-11-05T10:00:02Z")),
                Duration.ZERO,
                "812233")),
        endpoints(Records.ENDPOINTS));
  }

  @Test
  void aTimeInTheFutureIsToldByHowMuch() {
    Reading.Got got =
        assertInstanceOf(
            Reading.Got.class, lease(Records.LEASE.replace("09:30:11.562100Z", "09:35:12Z")));
    assertEquals(Duration.ofMinutes(5), got.record().ahead());
  }

  /** As client-go leaves it when an instance ends and gives up. */
  @Test
  void aRecordThatWasGivenUp() {
    Reading.Got got =
        assertInstanceOf(
            Reading.Got.class,
            lease(
                "{\"kind\":\"Lease\",\"metadata\":{\"resourceVersion\":\"5\"},"
                    + "\"spec\":{\"holderIdentity\":\"\",\"leaseDurationSeconds\":1}}"));
    assertEquals("", got.record().holder());
    assertEquals(Optional.empty(), got.record().renewed());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"holderIdentity\": \"master-1_0f6f3a52-8a6f-4a2c-9d0e-3f7be02b8f11\", | ''"
            + " | has no holderIdentity",
        "\"master-1_0f6f3a52-8a6f-4a2c-9d0e-3f7be02b8f11\" | 7 | has no holderIdentity",
        "master-1_0f6f3a52 | evil\\u001b[2J | has a holderIdentity that can be nobody's",
        "\"leaseDurationSeconds\": 15, | '' | has no leaseDurationSeconds",
        "\"leaseDurationSeconds\": 15 | \"leaseDurationSeconds\": -1 | has no leaseDurationSeconds",
        "\"leaseDurationSeconds\": 15 | \"leaseDurationSeconds\": 99999999999"
            + " | has no leaseDurationSeconds",
        "\"leaseTransitions\": 7 | \"leaseTransitions\": \"x\" | has no leaseTransitions",
        "2026-05-04T09:30:11.562100Z | yesterday | has no renewTime",
        "\"resourceVersion\": \"9812345\", | '' | has no resourceVersion",
        "\"kind\": \"Lease\" | \"kind\": \"Pod\" | is no Lease",
        "\"spec\" | \"status\" | has no holderIdentity",
      })
  void aLeaseThatCannotBeUnderstood(String part, String instead, String why) {
    String broken = Records.LEASE.replace(part, instead);
    assertTrue(!broken.equals(Records.LEASE), part);
    assertEquals(new Reading.Malformed(why), lease(broken));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\\\"holderIdentity | {holderIdentity | has an annotation that is no JSON",
        "\\\"leaseDurationSeconds\\\":15, | '' | has no leaseDurationSeconds",
        "2017-11-05T10:00:02Z | '' | has no renewTime",
        "\"kind\": \"Endpoints\" | \"kind\": \"List\" | is no Endpoints",
      })
  void anAnnotationThatCannotBeUnderstood(String part, String instead, String why) {
    String broken = Records.ENDPOINTS.replace(part, instead);
    assertTrue(!broken.equals(Records.ENDPOINTS), part);
    assertEquals(new Reading.Malformed(why), endpoints(broken));
  }

  @Test
  void textThatIsNoJsonAndAnAnswerWithoutEnd() {
    assertEquals(new Reading.Malformed("is no JSON"), lease("{\"kind\":"));
    assertEquals(new Reading.Malformed("is no JSON"), lease("ok then"));
    assertEquals(
        new Reading.Malformed("is larger than 64 KiB"),
        lease("{\"a\":\"" + "x".repeat(ElectionAnswer.LONGEST)));
  }

  @Test
  void anEndpointsObjectWithoutTheAnnotationIsNoRecord() {
    assertEquals(
        new ElectionAnswer.None(true),
        ElectionAnswer.endpoints(
            reply(200, Records.ENDPOINTS.replace("control-plane", "other")), WALL));
  }

  @Test
  void anObjectThatIsNotThereIsToldFromAPathThatIsNotKnown() {
    assertEquals(
        new ElectionAnswer.None(true), ElectionAnswer.lease(reply(404, Records.NOT_FOUND), WALL));
    assertEquals(
        new ElectionAnswer.None(false), ElectionAnswer.lease(reply(404, Records.NO_PATH), WALL));
    assertEquals(
        new ElectionAnswer.None(true),
        ElectionAnswer.endpoints(reply(404, Records.NOT_FOUND), WALL));
  }

  /** Every apiserver knows Endpoints: a balancer's own 404 is not a cluster without a leader. */
  @Test
  void whoeverKnowsNoEndpointsIsNoApiserver() {
    assertInstanceOf(
        ElectionAnswer.Silent.class, ElectionAnswer.endpoints(reply(404, Records.NO_PATH), WALL));
  }

  @Test
  void aRefusalIsToldInTheApiserversWords() {
    String status =
        "{\"kind\":\"Status\",\"message\":\"leases \\\"kube-scheduler\\\" is forbidden: User"
            + " \\\"x\\\" cannot get\"}";
    assertEquals(
        new ElectionAnswer.Denied(
            "403: leases \"kube-scheduler\" is forbidden: User \"x\" cannot get"),
        ElectionAnswer.lease(reply(403, status), WALL));
    assertEquals(
        new ElectionAnswer.Denied("401: Unauthorized"),
        ElectionAnswer.lease(reply(401, "Unauthorized"), WALL));
  }

  @ParameterizedTest
  @CsvSource({"200, <html>ok</html>", "503, <html>", "302, gone", "500, internal", "429, slow"})
  void whatIsNoAnswerIsNotHeldAgainstTheLeader(int status, String body) {
    assertInstanceOf(ElectionAnswer.Silent.class, ElectionAnswer.lease(reply(status, body), WALL));
  }

  @Test
  void noAnswerAtAll() {
    assertEquals(
        new ElectionAnswer.Silent("nothing listens"),
        ElectionAnswer.lease(
            new Reply.None(Optional.of(Symptom.REFUSED), false, "nothing listens"), WALL));
  }
}
