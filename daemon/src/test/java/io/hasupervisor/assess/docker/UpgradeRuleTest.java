package io.hasupervisor.assess.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.observe.docker.UpgradesSeen;
import java.util.List;
import org.junit.jupiter.api.Test;

final class UpgradeRuleTest {
  private static final String SECURITY =
      "origin=Debian,codename=${distro_codename},label=Debian-Security";

  private static List<String> apt(String origin, String blacklist, String docker) {
    UpgradesSeen seen = new UpgradesSeen.Apt(List.of(origin), List.of(blacklist), List.of(docker));
    return UpgradeRule.findings(seen, false).stream().map(Finding::subject).toList();
  }

  @Test
  void theDistributionsDockerComesWithItsSecurityUpdates() {
    assertEquals(List.of("docker.io"), apt(SECURITY, "linux-", "docker.io"));
  }

  @Test
  void dockersOwnPackagesComeOnlyFromArchivesThatAreTakenToo() {
    assertEquals(List.of(), apt(SECURITY, "linux-", "docker-ce"));
    for (String origin : List.of("Docker:bookworm", "origin=Docker", "origin=*", "*:*")) {
      assertEquals(List.of("docker-ce"), apt(origin, "linux-", "docker-ce"), origin);
    }
  }

  @Test
  void aBlacklistedPackageIsLeftAlone() {
    assertEquals(List.of(), apt(SECURITY, "docker", "docker.io"));
    assertEquals(List.of(), apt(SECURITY, "docker\\.io$", "docker.io"));
    assertEquals(List.of("docker.io"), apt(SECURITY, "ocker", "docker.io"));
    assertEquals(List.of("docker.io"), apt(SECURITY, "docker(", "docker.io"));
  }

  @Test
  void dnfUpgradesWhatIsNotExcluded() {
    assertEquals(1, UpgradeRule.findings(new UpgradesSeen.Dnf(List.of("kernel*")), false).size());
    assertEquals(
        List.of(), UpgradeRule.findings(new UpgradesSeen.Dnf(List.of("docker-ce*")), false));
    assertEquals(List.of(), UpgradeRule.findings(new UpgradesSeen.Dnf(List.of("*")), false));
  }

  @Test
  void withVerifiedLiveRestoreItIsAdvice() {
    UpgradesSeen seen = new UpgradesSeen.Dnf(List.of());
    assertEquals(Severity.WARNING, UpgradeRule.findings(seen, false).getFirst().severity());
    assertEquals(Severity.ADVICE, UpgradeRule.findings(seen, true).getFirst().severity());
  }

  @Test
  void nothingThatUpgradesIsNothingToSay() {
    assertEquals(List.of(), UpgradeRule.findings(new UpgradesSeen.None(), false));
  }
}
