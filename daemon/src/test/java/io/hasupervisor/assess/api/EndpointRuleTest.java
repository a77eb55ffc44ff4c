package io.hasupervisor.assess.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.observe.api.EndpointsSeen;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EndpointRuleTest {
  private static final Map<String, String> MASTERS = Map.of("m1", "10.0.0.1", "m2", "FD00::2");
  private static final EndpointsSeen LISTED =
      new EndpointsSeen(true, List.of("10.0.0.1", "fd00:0:0:0:0:0:0:2"));

  private EndpointHistory history = EndpointHistory.none();

  private List<Finding> at(int second, ApiserverState state, EndpointsSeen endpoints) {
    Duration at = Duration.ofSeconds(second);
    List<ApiserverView> views =
        List.of(
            new ApiserverView("m1", "u", true, ApiserverState.DOWN, at, "", ""),
            new ApiserverView("m2", "u", false, state, at, "", ""));
    EndpointRule.Judged judged = EndpointRule.judge(history, endpoints, views, MASTERS, at);
    history = judged.next();
    return judged.findings();
  }

  @Test
  void aDeadApiserverToWhichPodsAreLedIsToldAfterAMinute() {
    assertEquals(List.of(), at(0, ApiserverState.DOWN, LISTED));
    assertEquals(List.of(), at(60, ApiserverState.HUNG, LISTED));
    List<Finding> found = at(61, ApiserverState.UNREACHABLE, LISTED);
    assertEquals(List.of("DEAD_ENDPOINT"), found.stream().map(Finding::code).toList());
    assertEquals("m2", found.getFirst().subject());
    assertTrue(found.getFirst().text().contains("fd00:0:0:0:0:0:0:2"), found.getFirst().text());
  }

  @Test
  void oneThatServesAgainOrIsTakenOutIsForgotten() {
    at(0, ApiserverState.DOWN, LISTED);
    at(50, ApiserverState.HEALTHY, LISTED);
    assertEquals(List.of(), at(100, ApiserverState.DOWN, LISTED));
    assertEquals(List.of(), at(170, ApiserverState.DOWN, new EndpointsSeen(true, List.of())));
    assertEquals(List.of(), at(180, ApiserverState.DOWN, EndpointsSeen.UNKNOWN));
    assertEquals(List.of(), at(190, ApiserverState.DOWN, LISTED));
  }
}
