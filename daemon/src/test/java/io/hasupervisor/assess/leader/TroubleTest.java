package io.hasupervisor.assess.leader;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hasupervisor.assess.api.ApiserverState;
import io.hasupervisor.assess.api.ApiserverView;
import io.hasupervisor.assess.etcd.ClusterState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What explains that nobody renews. */
final class TroubleTest {
  private static List<ApiserverView> apiservers(ApiserverState... states) {
    return Stream.of(states)
        .map(it -> new ApiserverView("m", "https://m", false, it, Duration.ZERO, "", ""))
        .toList();
  }

  @ParameterizedTest
  @EnumSource(names = {"QUORUM_LOST", "READ_ONLY", "CORRUPT"})
  void anEtcdThatRefusesWrites(ClusterState state) {
    assertEquals(
        Optional.of("etcd: it is so"),
        Trouble.of(Optional.of(state), "it is so", apiservers(ApiserverState.HEALTHY)));
  }

  @ParameterizedTest
  @EnumSource(names = {"QUORUM_FULL", "QUORUM_AT_RISK", "QUORUM_UNKNOWN", "SINGLE"})
  void anEtcdThatTakesThemOrOfWhichNothingIsKnown(ClusterState state) {
    assertEquals(
        Optional.empty(),
        Trouble.of(Optional.of(state), "it is so", apiservers(ApiserverState.HEALTHY)));
  }

  @Test
  void apiserversOfWhichNoneServes() {
    assertEquals(
        Optional.of("no apiserver serves"),
        Trouble.of(
            Optional.empty(), "", apiservers(ApiserverState.DOWN, ApiserverState.ETCD_FAILS)));
    assertEquals(
        Optional.empty(),
        Trouble.of(Optional.empty(), "", apiservers(ApiserverState.DOWN, ApiserverState.UP)));
    assertEquals(
        Optional.empty(), Trouble.of(Optional.empty(), "", apiservers(ApiserverState.UNKNOWN)));
    assertEquals(Optional.empty(), Trouble.of(Optional.empty(), "", List.of()));
  }
}
