package io.hasupervisor.assess.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.cluster.Profile;
import io.hasupervisor.observe.preflight.NameSeen;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class NameRuleTest {
  private static List<Check> names(NameSeen... seen) {
    return NameRule.checks(Three.modern(), List.of(seen), "a", Optional.empty());
  }

  private static NameSeen found(String name, String... addresses) {
    return new NameSeen.Found(name, List.of(addresses));
  }

  private static String host(String name, Optional<String> override) {
    return Three.wrong(NameRule.checks(Three.modern(), List.of(), name, override));
  }

  @Test
  void mastersAndTheLoadBalancerAreLookedUpUnlessItIsAnAddress() {
    assertEquals(List.of("a", "b", "c", "lb.example"), NameRule.names(Three.modern()));
    assertEquals(List.of("a"), NameRule.names(Three.of(Profile.MODERN, "10.0.0.9", "a")));
  }

  @Test
  void allAsConfiguredIsWell() {
    assertEquals(
        "",
        Three.wrong(
            names(
                found("a", "10.0.0.1"),
                found("b", "10.9.9.9", "10.0.0.2"),
                found("lb.example", "10.0.0.50"))));
  }

  @Test
  void anotherAddressAnUnknownNameAndAHungResolverAreWarnings() {
    List<Check> checks =
        names(
            found("b", "10.9.9.9"),
            new NameSeen.Unknown("c"),
            new NameSeen.NoAnswer("lb.example", Duration.ofSeconds(3)));
    assertEquals(
        """
        WARNING NAME_OTHER_ADDRESS b
        WARNING NAME_UNKNOWN c
        WARNING NAME_NO_ANSWER lb.example\
        """,
        Three.wrong(checks));
    assertTrue(Three.cures(checks).startsWith("sed -i '1i 10.0.0.2 b' /etc/hosts\n"));
  }

  /** Debian gives a host's own name 127.0.1.1. */
  @Test
  void loopbackIsRightForTheOwnNameAlone() {
    assertEquals("", Three.wrong(names(found("a", "127.0.1.1"))));
    assertEquals("WARNING NAME_OTHER_ADDRESS b", Three.wrong(names(found("b", "127.0.1.1"))));
  }

  @Test
  void theHostsNameMustBeTheNodesUnlessTheKubeletIsToldAnother() {
    assertEquals("", host("a", Optional.empty()));
    assertEquals("FAILED HOST_NAME_DIFFERS other", host("other", Optional.empty()));
    assertEquals("", host("other", Optional.of("a")));
    assertEquals("FAILED HOST_NAME_DIFFERS z", host("a", Optional.of("z")));
    assertEquals("WARNING HOST_NAME_UPPER_CASE A", host("A", Optional.empty()));
  }
}
