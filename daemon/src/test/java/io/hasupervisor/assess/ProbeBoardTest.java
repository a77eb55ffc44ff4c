package io.hasupervisor.assess;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.observe.CheckResult;
import io.hasupervisor.observe.Incarnation;
import io.hasupervisor.observe.ProbeReport;
import io.hasupervisor.observe.Symptom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What probe results add up to. Each letter of a story is one result: p, f or i, 5 s apart. */
final class ProbeBoardTest {
  private static final Tolerance TOLERANCE =
      new Tolerance(3, 5, 8, 1, Duration.ofSeconds(120), Duration.ofSeconds(15));

  private ProbeBoard board = ProbeBoard.of(Map.of("healthz", TOLERANCE));
  private Duration now = Duration.ofSeconds(1000);

  private static Incarnation life(String id, long startedAt) {
    return new Incarnation(id, 1, Duration.ofSeconds(startedAt));
  }

  private static CheckResult result(int letter) {
    return switch (letter) {
      case 'p' -> new CheckResult.Passed(Duration.ofMillis(3), "ok");
      case 'f' -> new CheckResult.Failed(Symptom.BAD_STATUS, "500");
      default -> new CheckResult.Inconclusive("no file descriptor left");
    };
  }

  private ProbeReport report(String probe, int letter) {
    return new ProbeReport(probe, result(letter), now, now.plusSeconds(1));
  }

  private Verdict after(String story) {
    return after("healthz", story);
  }

  private Verdict after(String probe, String story) {
    story
        .chars()
        .forEach(
            letter -> {
              board = board.with(report(probe, letter));
              now = now.plusSeconds(5);
            });
    return verdict();
  }

  private Verdict verdict() {
    return board.verdict(now);
  }

  private ProbeBoardTest old() {
    board = board.during(life("a", 0));
    return this;
  }

  @Test
  void withoutALifeNothingIsKnown() {
    assertEquals(Verdict.UNKNOWN, after("ppp"));
  }

  @Test
  void threeInARowConfirm() {
    assertFalse(old().after("pff").confirmed());
    assertTrue(after("f").confirmed());
  }

  @Test
  void fiveOfEightConfirm() {
    assertFalse(old().after("ffpffp").confirmed());
    Verdict verdict = after("f");
    assertTrue(verdict.confirmed());
    assertEquals("5 of 5", verdict.failures() + " of " + verdict.needed());
  }

  @Test
  void failuresOutsideTheWindowDoNotConfirm() {
    assertFalse(old().after("ffppppffppppffpf").confirmed());
  }

  @Test
  void onePassEndsSickness() {
    assertEquals(Verdict.HEALTHY, old().after("fffp"));
  }

  @Test
  void inconclusiveResultsNeitherCountNorClear() {
    assertFalse(old().after("ffiii").confirmed());
    board = ProbeBoard.of(Map.of("healthz", TOLERANCE));
    assertTrue(old().after("fifif").confirmed());
  }

  @Test
  void staleResultsAreUnknown() {
    old().after("fff");
    now = now.plusSeconds(60);
    assertEquals(Health.UNKNOWN, verdict().health());
  }

  @Test
  void failuresFromBeforeAGapDoNotCountWithThoseAfter() {
    old().after("ff");
    now = now.plusSeconds(3600);
    assertFalse(after("f").confirmed());
    assertTrue(after("ff").confirmed());
  }

  @Test
  void failuresWithinTheGraceDoNotCount() {
    board = board.during(life("a", 990));
    assertEquals(Health.UNKNOWN, after("fffff").health());
  }

  @Test
  void graceEndsEarlyAtTheFirstPass() {
    board = board.during(life("a", 990));
    assertTrue(after("fpfff").confirmed());
  }

  @Test
  void graceEndsWithItsTime() {
    board = board.during(life("a", 990));
    now = now.plusSeconds(115);
    assertTrue(after("fff").confirmed());
  }

  @Test
  void aNewLifeStartsClean() {
    old().after("fff");
    board = board.during(life("b", 1010));
    assertEquals(Health.UNKNOWN, verdict().health());
    assertEquals(Health.UNKNOWN, after("ff").health());
  }

  @Test
  void aLateReportOfAnEarlierLifeDoesNotBringItBack() {
    board = board.during(life("b", 990)).during(life("a", 0));
    assertEquals(Health.UNKNOWN, after("fff").health());
  }

  @Test
  void lateRoundsAreVoid() {
    old().after("ff");
    ProbeReport begunBefore = report("healthz", 'f');
    board = board.lateUntil(now.plusSeconds(1)).with(begunBefore);
    assertFalse(verdict().confirmed());
  }

  @Test
  void reportsThatComeLateOrTwiceDoNotCount() {
    old().after("f");
    ProbeReport one = report("healthz", 'f');
    board = board.with(one).with(one).with(one);
    assertFalse(verdict().confirmed());
  }

  @Test
  void theWorstProbeSpeaks() {
    Map<String, Tolerance> two = new LinkedHashMap<>();
    two.put("ping", TOLERANCE);
    two.put("deep", TOLERANCE);
    board = ProbeBoard.of(two);
    old().after("ping", "p");
    now = now.minusSeconds(5);
    assertEquals("deep", after("deep", "f").probe());
  }

  @Test
  void isHealthyOnlyWhenEveryProbeHasAnswered() {
    Map<String, Tolerance> two = new LinkedHashMap<>();
    two.put("process", TOLERANCE);
    two.put("healthz", TOLERANCE);
    board = ProbeBoard.of(two);
    assertEquals(Health.UNKNOWN, old().after("process", "p").health());
    assertEquals(Health.HEALTHY, after("healthz", "p").health());
  }

  @Test
  void aBrokenProbeDoesNotHideThatTheOthersPass() {
    Map<String, Tolerance> two = new LinkedHashMap<>();
    two.put("ping", TOLERANCE);
    two.put("deep", TOLERANCE);
    board = ProbeBoard.of(two);
    old().after("deep", "i");
    assertEquals(Verdict.HEALTHY, after("ping", "p"));
  }
}
