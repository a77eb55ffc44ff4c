package io.hasupervisor.assess.balancer;

import static io.hasupervisor.assess.balancer.Balancing.closed;
import static io.hasupervisor.assess.balancer.Balancing.denied;
import static io.hasupervisor.assess.balancer.Balancing.distrusted;
import static io.hasupervisor.assess.balancer.Balancing.etcdFails;
import static io.hasupervisor.assess.balancer.Balancing.hung;
import static io.hasupervisor.assess.balancer.Balancing.lost;
import static io.hasupervisor.assess.balancer.Balancing.refused;
import static io.hasupervisor.assess.balancer.Balancing.said;
import static io.hasupervisor.assess.balancer.Balancing.well;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.assess.api.ApiserverState;
import io.hasupervisor.observe.Symptom;
import io.hasupervisor.observe.api.ApiAnswer;
import io.hasupervisor.observe.balancer.Passage;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class BalancerRuleTest {
  private final Balancing it = new Balancing();

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(refused(), BalancerState.DOWN, "LB_DOWN"),
        Arguments.of(lost(), BalancerState.UNREACHABLE, "LB_UNREACHABLE"),
        Arguments.of(hung(), BalancerState.HUNG, "LB_HUNG"),
        Arguments.of(closed(), BalancerState.NO_BACKEND, "LB_NO_BACKEND"),
        Arguments.of(
            said(new ApiAnswer.Foreign(503, "503 Service Unavailable")),
            BalancerState.NO_BACKEND,
            "LB_NO_BACKEND"),
        Arguments.of(
            said(new ApiAnswer.Failing(503, List.of(), "no healthy upstream")),
            BalancerState.NO_BACKEND,
            "LB_NO_BACKEND"),
        Arguments.of(
            said(new ApiAnswer.Foreign(302, "a redirect to https://sso.example/")),
            BalancerState.FOREIGN,
            "LB_FOREIGN"),
        Arguments.of(
            said(new ApiAnswer.Foreign(200, "Welcome to nginx!")),
            BalancerState.FOREIGN,
            "LB_FOREIGN"),
        Arguments.of(said(new ApiAnswer.NoSuchPath()), BalancerState.FOREIGN, "LB_FOREIGN"),
        Arguments.of(
            said(new ApiAnswer.Foreign(0, "the answer is not TLS")),
            BalancerState.FOREIGN,
            "LB_FOREIGN"),
        Arguments.of(
            Balancing.silent(Symptom.TLS_FAILED, true, "Received fatal alert: handshake_failure"),
            BalancerState.UNTRUSTED,
            "LB_UNTRUSTED"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void threeFailedRoundsAreAnOutageWithAFindingAndOneWellRoundEndsIt(
      Passage failed, BalancerState state, String code) {
    it.round(well("m1")).rounds(2, failed, failed, failed);
    assertEquals(BalancerState.HEALTHY, it.state());
    assertEquals(List.of(), it.codes());
    it.round(failed, failed, failed);
    assertEquals(state, it.state());
    assertEquals(List.of(code), it.codes());
    assertEquals(Severity.CRITICAL, it.finding().severity());
    it.round(well("m1"), well("m2"), well("m3"));
    assertEquals(BalancerState.HEALTHY, it.state());
    assertEquals(List.of(), it.codes());
  }

  @ParameterizedTest
  @MethodSource("failures")
  void isNotBlamedWhileNoApiserverServesByItsOwnAddress(
      Passage failed, BalancerState state, String code) {
    it.all(ApiserverState.ETCD_FAILS).rounds(3, failed, failed, failed);
    if (state == BalancerState.UNTRUSTED) {
      assertEquals(List.of(code), it.codes(), "a certificate is nothing of the masters' health");
    } else {
      assertEquals(BalancerState.NO_MASTER_SERVES, it.state());
      assertEquals(List.of(), it.codes());
    }
  }

  @ParameterizedTest
  @MethodSource("failures")
  void isNotBlamedBeforeTheApiserversAreJudged(Passage failed, BalancerState state, String code) {
    it.all(ApiserverState.UNKNOWN).rounds(2, failed, failed, failed);
    assertEquals(BalancerState.UNKNOWN, it.state());
    assertEquals(List.of(), it.codes());
    assertNotEquals("", it.view().why(), state + code);
  }

  @Test
  void anApiserverThatIsNotWellBehindItIsTheirFaultWhileNoneServes() {
    it.all(ApiserverState.ETCD_FAILS).rounds(3, etcdFails("m1"), etcdFails("m2"), etcdFails("m3"));
    assertEquals(BalancerState.NO_MASTER_SERVES, it.state());
  }

  @Test
  void aHostThatNeverCameThroughItDoesNotCallItCritical() {
    it.rounds(30, lost(), lost(), lost());
    assertEquals(List.of("LB_UNREACHABLE"), it.codes());
    assertEquals(Severity.WARNING, it.finding().severity());
    assertTrue(it.finding().text().contains("as seen from this host"), it.finding().text());
    assertTrue(it.finding().text().contains("back to itself"), it.finding().text());
  }

  @Test
  void namesTheDeadMasterThatItBalancesTo() {
    it.is("m2", ApiserverState.ETCD_FAILS).rounds(3, well("m1"), etcdFails("m2"), well("m3"));
    assertEquals(BalancerState.DEAD_BACKEND, it.state());
    assertEquals(List.of("LB_DEAD_BACKEND"), it.codes());
    String text = it.finding().text();
    assertTrue(text.contains("balances to m2, whose apiserver is ETCD_FAILS"), text);
    assertTrue(it.finding().cure().contains("GET /readyz"), it.finding().cure());
    assertTrue(it.finding().cure().contains("not TCP"), it.finding().cure());
  }

  @Test
  void guessesTheDeadMasterWhereItShowedNoCertificate() {
    it.round(well("m1"), well("m2"), well("m3"));
    it.is("m2", ApiserverState.DOWN).rounds(3, well("m1"), closed(), well("m3"));
    String text = it.finding().text();
    assertTrue(text.contains("most likely to m2, whose apiserver is DOWN"), text);
  }

  @Test
  void oneFailedConnectionIsNoDeadBackend() {
    it.round(well("m1")).round(closed()).round(well("m1"), well("m2"), well("m3"));
    assertEquals(BalancerState.HEALTHY, it.state());
    assertEquals(List.of(), it.codes());
  }

  @Test
  void aDeadBackendIsStillThereWhereChanceLedARoundPastIt() {
    it.rounds(3, well("m1"), closed(), well("m3"));
    it.rounds(5, well("m1"), well("m3"), well("m1"));
    assertEquals(BalancerState.DEAD_BACKEND, it.state());
    it.round(well("m1"), well("m2"), well("m3"));
    assertEquals(BalancerState.HEALTHY, it.state());
  }

  @Test
  void aRoundThatMetOnlyTheDeadBackendIsNoOutage() {
    it.rounds(3, well("m1"), closed(), well("m3")).round(closed(), closed(), closed());
    assertEquals(BalancerState.DEAD_BACKEND, it.state());
  }

  @Test
  void aMasterThatIsNotReadyAnyMoreMustNotBeBalancedToForLong() {
    it.round(well("m1"), well("m2"), well("m3")).is("m2", ApiserverState.NOT_READY);
    it.rounds(2, well("m1"), well("m2"), well("m3"));
    assertEquals(BalancerState.HEALTHY, it.state(), "it may take half a minute to notice");
    it.rounds(3, well("m1"), well("m2"), well("m3"));
    assertEquals(BalancerState.DEAD_BACKEND, it.state());
    assertTrue(it.finding().text().contains("m2, whose apiserver is NOT_READY"));
  }

  @Test
  void oneThatDeniesUsAndDoesNotServeIsADeadBackend() {
    it.is("m2", ApiserverState.SICK).rounds(8, denied("m1"), denied("m2"), denied("m3"));
    assertEquals(BalancerState.DEAD_BACKEND, it.state());
  }

  @Test
  void aMasterBehindAFirewallThatServesThroughItIsWell() {
    it.round(well("m1"), well("m2"), well("m3")).is("m2", ApiserverState.UNREACHABLE);
    it.rounds(10, well("m1"), well("m2"), well("m3"));
    assertEquals(BalancerState.HEALTHY, it.state());
  }

  @Test
  void aCertificateThatClientsRefuseIsToldApartFromADeadBackend() {
    it.rounds(3, well("m1"), distrusted("cert-m2", "its certificate has expired"), well("m3"));
    assertEquals(BalancerState.UNTRUSTED, it.state());
    assertEquals(Severity.WARNING, it.finding().severity());
    assertTrue(it.finding().text().contains("a certificate of m2"), it.finding().text());
    assertTrue(it.finding().text().contains("has expired"), it.finding().text());
  }

  @Test
  void oneThatEndsTlsWithACertificateOfItsOwnIsCritical() {
    it.rounds(3, distrusted("lb", "its certificate is not signed by a trusted authority"));
    assertEquals(BalancerState.UNTRUSTED, it.state());
    assertEquals(Severity.CRITICAL, it.finding().severity());
    assertTrue(it.finding().cure().contains("must pass TCP on"), it.finding().cure());
  }

  @Test
  void aNameThatIsNotResolvedIsUnknownAndAWarning() {
    Passage unasked = said(new ApiAnswer.NotAsked("the name lb is not resolved on this host"));
    it.round(well("m1")).rounds(2, unasked);
    assertEquals(BalancerState.HEALTHY, it.state());
    it.round(unasked);
    assertEquals(BalancerState.UNKNOWN, it.state());
    assertEquals(List.of("LB_NOT_ASKED"), it.codes());
    assertTrue(it.view().why().contains("the name lb is not resolved"), it.view().why());
  }

  @Test
  void tellsWhichMastersWereReachedInTheLastFiveMinutes() {
    it.round(well("m1"), well("m2"), well("m3"));
    assertEquals(List.of("m1", "m2", "m3"), it.view().reached());
    it.rounds(31, well("m1"));
    assertEquals(List.of("m1"), it.view().reached());
  }

  @Test
  void mastersThatShareOneCertificateAreNotToldApart() {
    it.sharing("cert-m1").rounds(40, well("m1"));
    assertEquals(List.of(), it.view().reached());
    assertEquals(List.of(), it.codes());
  }

  @Test
  void advisesWhereOneOfSeveralServingMastersIsReachedInFiveMinutes() {
    it.rounds(30, well("m2"));
    assertEquals(List.of(), it.codes(), "not for five minutes yet");
    it.round(well("m2"));
    assertEquals(List.of("LB_ONE_MASTER"), it.codes());
    assertEquals(Severity.ADVICE, it.finding().severity());
    assertTrue(it.finding().text().contains("m2 alone"), it.finding().text());
  }

  @Test
  void doesNotAdviseWhereOnlyOneMasterServes() {
    it.is("m1", ApiserverState.DOWN).is("m3", ApiserverState.DOWN).rounds(40, well("m2"));
    assertEquals(List.of(), it.codes());
  }

  @Test
  void sinceIsTheMomentFromWhichTheStateHolds() {
    it.round(well("m1"));
    Duration first = it.view().since();
    it.rounds(5, well("m1"));
    assertEquals(first, it.view().since());
    it.rounds(3, refused());
    assertEquals(first.plus(Balancing.PERIOD.multipliedBy(8)), it.view().since());
    it.rounds(5, refused());
    assertEquals(first.plus(Balancing.PERIOD.multipliedBy(8)), it.view().since());
  }
}
