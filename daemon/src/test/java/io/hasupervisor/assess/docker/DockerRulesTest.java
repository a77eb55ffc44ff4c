package io.hasupervisor.assess.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.observe.DockerInfo;
import io.hasupervisor.observe.docker.DockerLife;
import io.hasupervisor.observe.docker.DockerSeen;
import io.hasupervisor.observe.docker.SettingsSeen;
import io.hasupervisor.observe.docker.UnitSeen;
import io.hasupervisor.observe.etcd.ProcessSeen;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DockerRulesTest {
  private static final Instant BEGUN = Instant.parse("2026-11-24T10:00:00Z");
  private static final UnitSeen ALWAYS = new UnitSeen.Loaded("docker.service", "always", false);
  private static final UnitSeen GUARDED = new UnitSeen.Loaded("docker.service", "always", true);
  private static final UnitSeen LEFT = new UnitSeen.Loaded("docker.service", "no", false);
  private static final UnitSeen NONE = new UnitSeen.None("no bus");
  private static final String MARK = "/var/lib/ha-supervisor/live-restore-broken";

  private SettingsSeen settings = SettingsSeen.ABSENT;
  private Optional<String> broken = Optional.empty();

  private List<Finding> findings(UnitSeen unit, boolean on) {
    DockerSeen seen =
        new DockerSeen(
            unit,
            Optional.of(new DockerLife(100, 1, BEGUN)),
            new DockerInfo.Answers("20.10", "overlay2", "systemd", on),
            settings,
            new ProcessSeen.Absent());
    return DockerRules.findings(seen, LiveRestore.UNKNOWN.then(seen), broken, MARK);
  }

  private List<String> codes(UnitSeen unit, boolean on) {
    return findings(unit, on).stream().map(Finding::code).toList();
  }

  @Test
  void liveRestoreIsTheFirstThingToDoAndARestartWithoutAskingTheSecond() {
    assertEquals(List.of("LIVE_RESTORE_OFF", "UNGUARDED_RESTART"), codes(ALWAYS, false));
  }

  @Test
  void aGuardOrAUnitThatIsNotRestartedOrNoSystemdAtAllIsNothingToSay() {
    for (UnitSeen unit : List.of(GUARDED, LEFT, NONE)) {
      assertEquals(List.of("LIVE_RESTORE_OFF"), codes(unit, false));
    }
  }

  @Test
  void withLiveRestoreAllIsWell() {
    assertEquals(List.of(), codes(ALWAYS, true));
  }

  @Test
  void nothingIsSaidOfADockerThatNeverAnswered() {
    DockerSeen seen =
        new DockerSeen(
            ALWAYS,
            Optional.empty(),
            new DockerInfo.Silent("docker does not run"),
            settings,
            new ProcessSeen.Absent());
    assertEquals(
        List.of(),
        DockerRules.findings(seen, LiveRestore.UNKNOWN.then(seen), Optional.empty(), MARK));
  }

  @Test
  void settingsOfLaterThanTheStartAreUnproven() {
    settings = new SettingsSeen(true, "a", BEGUN.plusSeconds(1));
    assertEquals(List.of("LIVE_RESTORE_UNPROVEN"), codes(ALWAYS, true));
  }

  @Test
  void onceBrokenItIsNoProtectionWhateverDockerSays() {
    broken = Optional.of("etcd did not outlive a restart of docker at 2026-11-24T10:00:00Z");
    assertEquals(List.of("LIVE_RESTORE_BROKEN", "UNGUARDED_RESTART"), codes(ALWAYS, true));
    assertTrue(findings(ALWAYS, true).getFirst().cure().endsWith("rm " + MARK));
  }

  @Test
  void theCureIsTheExactLineAndItsLimits() {
    String first = findings(ALWAYS, false).getFirst().cure();
    assertTrue(
        first.startsWith("mkdir -p /etc/docker && echo '{\"live-restore\": true}' > "), first);
    assertTrue(first.contains("patch releases"), first);
    settings = new SettingsSeen(true, "a", BEGUN.minusSeconds(1));
    assertTrue(
        findings(ALWAYS, false)
            .getFirst()
            .cure()
            .startsWith("add \"live-restore\": true to /etc/docker/daemon.json, then: "));
  }
}
