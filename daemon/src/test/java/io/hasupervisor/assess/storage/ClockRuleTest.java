package io.hasupervisor.assess.storage;

import static io.hasupervisor.assess.Finding.Severity.CRITICAL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.etcd.ClusterState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClockRuleTest {
  private final Story story = new Story();

  /** Two rounds in which b and c answer with these clocks, in milliseconds against ours. */
  private List<Finding> clocks(Long b, Long c) {
    set("b", b);
    set("c", c);
    story.after(60);
    return story.after(60);
  }

  private void set(String name, Long ahead) {
    if (ahead == null) {
      story.ahead.remove(name);
    } else {
      story.ahead.put(name, Duration.ofMillis(ahead));
    }
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "0 | 0 | ''",
        "-1000 | 1000 | ''",
        "2000 | -2000 | ''",
        "2001 | 0 | WARNING b",
        "0 | -2001 | WARNING c",
        "6000 | 0 | WARNING b",
        "6001 | 0 | CRITICAL b",
        "-90000 | 500 | CRITICAL b",
        // Both agree with each other: it is ours.
        "5000 | 5000 | WARNING a",
        "-9000 | -8000 | CRITICAL a",
        // Neither agrees with anybody.
        "9000 | -9000 | CRITICAL b,CRITICAL c",
        "4000 | 9000 | WARNING b,CRITICAL c",
        // Of two nobody knows whose.
        "9000 | | CRITICAL b",
        " | 3000 | WARNING c",
        " | | ''",
      },
      delimiter = '|')
  void aDifferenceIsSaidOfWhoIsAlone(Long b, Long c, String expected) {
    List<Finding> found = clocks(b, c);
    assertEquals(
        expected,
        String.join(",", found.stream().map(it -> it.severity() + " " + it.subject()).toList()));
    found.forEach(finding -> assertEquals("CLOCK_DIFFERS", finding.code()));
  }

  @Test
  void saysWhoseClockIsWrongAsFarAsItCanBeTold() {
    assertTrue(
        clocks(5000L, 5000L)
            .getFirst()
            .text()
            .startsWith("this host's clock is 5 s behind those of b and c, which agree"));
    assertTrue(
        clocks(-7400L, 0L)
            .getFirst()
            .text()
            .startsWith("the clock of b is 7 s behind this host's, which most others agree with"));
    Story two = new Story();
    two.ahead.put("b", Duration.ofSeconds(7));
    two.after(60);
    Finding finding = two.after(60).getFirst();
    assertTrue(finding.text().contains("no majority tells whose is wrong"), finding.text());
    assertTrue(finding.cure().startsWith("on both hosts: timedatectl"), finding.cure());
  }

  @Test
  void oneLateAnswerIsNoWrongClock() {
    assertEquals(List.of(), clocks(0L, 0L));
    story.ahead.put("b", Duration.ofSeconds(-30));
    assertEquals(List.of(), story.after(60));
    story.ahead.put("b", Duration.ofSeconds(0));
    assertEquals(List.of(), story.after(60));
    story.ahead.put("b", Duration.ofSeconds(-30));
    assertEquals(List.of(), story.after(60));
    story.ahead.put("b", Duration.ofSeconds(30));
    assertEquals(List.of(), story.after(60));
    assertEquals(CRITICAL, story.after(60).getFirst().severity());
  }

  @Test
  void aClockIsRememberedBetweenTheRoundsThatAskForIt() {
    clocks(9000L, 0L);
    story.ahead.clear();
    assertEquals(1, story.minutes(9).size());
    assertEquals(List.of(), story.minutes(2));
  }

  @Test
  void aWrongClockIsSaidWhateverTheStateSinceItMayBeTheReason() {
    story.state = ClusterState.QUORUM_LOST;
    assertEquals(1, clocks(9000L, 0L).size());
  }
}
