package io.hasupervisor.decide.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.Finding;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The configuration held against what was placed. */
final class ConfigRuleTest {
  private static final Target ONE = Placement.target(1, "a", "a", "a");

  private static List<Finding> against(Target wanted, Optional<Target> placed) {
    return ConfigRule.findings(new Rendering.Done(wanted.manifests()), placed);
  }

  @Test
  void isQuietWhileBothAreTheSame() {
    assertEquals(List.of(), against(ONE, Optional.of(ONE)));
  }

  @Test
  void namesTheManifestsThatWouldBeOthersOrGone() {
    Target fewer = new Target(2, Placement.target(2, "a", "b", "a").manifests().subList(0, 2));
    List<Finding> findings = against(fewer, Optional.of(ONE));
    assertEquals(List.of("CONFIG_NOT_PLACED"), findings.stream().map(Finding::code).toList());
    String text = findings.getFirst().text();
    assertTrue(text.contains("another kube-apiserver, kube-scheduler than revision 1"), text);
  }

  @Test
  void advisesToPlaceTheFirstTime() {
    assertEquals(Finding.Severity.ADVICE, against(ONE, Optional.empty()).getFirst().severity());
  }

  @Test
  void aRefusedRenderingIsAWarningThatNamesTheFirstReason() {
    Finding reason =
        Finding.of("NO_VALUE", Finding.Severity.CRITICAL, "etcd", "NODE_IP is empty", "set it");
    Finding told =
        ConfigRule.findings(new Rendering.Refused(List.of(reason)), Optional.of(ONE)).getFirst();
    assertEquals("CONFIG_NOT_RENDERED", told.code());
    assertTrue(told.text().contains("NODE_IP is empty"), told::text);
  }
}
