package io.hasupervisor.decide.disruption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankTest {

  @Test
  void everyMasterHasAnotherOneWhateverTheOrderOfTheirNames() {
    assertEquals(new Rank(0, 3), Rank.of("a", List.of("c", "a", "b")));
    assertEquals(new Rank(1, 3), Rank.of("b", List.of("b", "c", "a")));
    assertEquals(new Rank(2, 3), Rank.of("c", List.of("a", "b", "c")));
  }

  @Test
  void aHostThatIsNotNamedAmongThemHasOneToo() {
    assertEquals(new Rank(2, 3), Rank.of("x", List.of("a", "b")));
    assertEquals(Rank.FIRST, Rank.of("x", List.of()));
  }

  @Test
  void theTimeIsSharedOutEvenly() {
    assertEquals(Duration.ZERO, new Rank(0, 3).share(Duration.ofMinutes(1)));
    assertEquals(Duration.ofSeconds(40), new Rank(2, 3).share(Duration.ofMinutes(1)));
  }

  @Test
  void noneIsBeyondTheLast() {
    assertThrows(IllegalArgumentException.class, () -> new Rank(3, 3));
    assertThrows(IllegalArgumentException.class, () -> new Rank(-1, 3));
  }
}
