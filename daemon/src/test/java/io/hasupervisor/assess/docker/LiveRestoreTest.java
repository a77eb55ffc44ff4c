package io.hasupervisor.assess.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.observe.DockerInfo;
import io.hasupervisor.observe.docker.DockerLife;
import io.hasupervisor.observe.docker.DockerSeen;
import io.hasupervisor.observe.docker.SettingsSeen;
import io.hasupervisor.observe.docker.UnitSeen;
import io.hasupervisor.observe.etcd.ProcessSeen;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Transcripts of looks at docker: when its word on live-restore is believed. */
final class LiveRestoreTest {
  private static final Instant BEGUN = Instant.parse("2026-11-24T10:00:00Z");
  private static final DockerLife FIRST = new DockerLife(100, 1, BEGUN);
  private static final DockerLife SECOND = new DockerLife(200, 9000, BEGUN.plusSeconds(90));
  private static final DockerInfo ON = new DockerInfo.Answers("20.10", "overlay2", "systemd", true);
  private static final DockerInfo OFF =
      new DockerInfo.Answers("20.10", "overlay2", "systemd", false);
  private static final DockerInfo HUNG = new DockerInfo.Silent("no answer within 5s");
  private static final SettingsSeen OLD = settings("a", BEGUN.minusSeconds(60));
  private static final ProcessSeen ETCD = new ProcessSeen.Alive(7, 'S', 70);
  private static final ProcessSeen OTHER = new ProcessSeen.Alive(8, 'S', 9100);
  private static final ProcessSeen GONE = new ProcessSeen.Absent();
  private static final ProcessSeen UNSEEN = new ProcessSeen.Unknown("/proc cannot be read");

  private LiveRestore live = LiveRestore.UNKNOWN;

  private static SettingsSeen settings(String content, Instant changed) {
    return new SettingsSeen(true, content, changed);
  }

  private LiveRestoreTest sees(
      Optional<DockerLife> life, DockerInfo info, SettingsSeen settings, ProcessSeen etcd) {
    live = live.then(new DockerSeen(new UnitSeen.None("-"), life, info, settings, etcd));
    return this;
  }

  private LiveRestoreTest sees(DockerLife life, DockerInfo info, ProcessSeen etcd) {
    return sees(Optional.of(life), info, OLD, etcd);
  }

  private LiveRestoreTest sees(SettingsSeen settings) {
    return sees(Optional.of(FIRST), ON, settings, ETCD);
  }

  @Test
  void nothingIsVerifiedUnseen() {
    assertFalse(live.verified());
    assertFalse(sees(Optional.empty(), HUNG, OLD, ETCD).live.verified());
  }

  @Test
  void dockersWordWithSettingsOlderThanItsStartIsBelieved() {
    assertTrue(sees(FIRST, ON, ETCD).live.verified());
    assertFalse(sees(FIRST, OFF, ETCD).live.verified());
  }

  @Test
  void withoutASettingsFileDockersOwnOptionsCount() {
    assertTrue(sees(SettingsSeen.ABSENT).live.verified());
  }

  @Test
  void aHungDockerIsBelievedAsBeforeButNotFromAnotherLife() {
    assertTrue(sees(FIRST, ON, ETCD).sees(FIRST, HUNG, ETCD).live.verified());
    assertFalse(sees(SECOND, HUNG, ETCD).live.verified());
    assertTrue(sees(SECOND, ON, ETCD).live.verified());
  }

  @Test
  void aHungDockerThatNeverAnsweredIsNotBelieved() {
    assertFalse(sees(FIRST, HUNG, ETCD).live.verified());
  }

  @Test
  void aReusedPidIsAnotherLife() {
    sees(FIRST, ON, ETCD).sees(new DockerLife(100, 9000, SECOND.started()), HUNG, ETCD);
    assertFalse(live.verified());
  }

  /** Its next start reads the same settings. */
  @Test
  void ofADeadDockerTheLastWordHolds() {
    assertTrue(sees(FIRST, ON, ETCD).sees(Optional.empty(), HUNG, OLD, ETCD).live.verified());
    sees(Optional.empty(), HUNG, settings("b", BEGUN.minusSeconds(60)), ETCD);
    assertFalse(live.verified());
  }

  @Test
  void settingsChangedAfterTheStartAreNotThoseOfTheNextStart() {
    assertFalse(sees(settings("a", BEGUN.plusSeconds(1))).live.verified());
    assertFalse(sees(settings("a", BEGUN)).live.verified());
  }

  @Test
  void aFileWrittenWithAnOldTimeIsSeenByItsContentEvenIfItIsPutBack() {
    sees(OLD).sees(settings("b", BEGUN.minusSeconds(50)));
    assertFalse(live.verified());
    assertFalse(sees(OLD).live.verified());
    assertTrue(sees(SECOND, ON, ETCD).live.verified());
  }

  @Test
  void aFileThatIsGoneIsAChange() {
    assertFalse(sees(OLD).sees(SettingsSeen.ABSENT).live.verified());
  }

  /** A host that boots with a wrong clock: docker began years before its settings were written. */
  @Test
  void aClockThatIsSetRightLaterDoesNotCount() {
    DockerLife early = new DockerLife(100, 1, Instant.EPOCH.plusSeconds(9));
    assertFalse(sees(early, ON, ETCD).live.verified());
    assertTrue(sees(FIRST, ON, ETCD).live.verified());
  }

  @Test
  void anEtcdThatOutlivesARestartProvesNothingBroken() {
    sees(FIRST, ON, ETCD).sees(SECOND, ON, ETCD);
    assertFalse(live.broke());
    assertTrue(live.verified());
  }

  @Test
  void anEtcdThatEndsWithARestartBreaksIt() {
    assertTrue(sees(FIRST, ON, ETCD).sees(SECOND, ON, OTHER).live.broke());
    assertFalse(live.verified());
    live = LiveRestore.UNKNOWN;
    assertTrue(sees(FIRST, ON, ETCD).sees(SECOND, ON, GONE).live.broke());
  }

  /** Docker ends containers while it starts, before it answers: until then nothing is judged. */
  @Test
  void anEtcdThatStillLivesWhileDockerStartsIsJudgedOnceItAnswers() {
    sees(FIRST, ON, ETCD).sees(SECOND, HUNG, ETCD);
    assertFalse(live.broke());
    assertTrue(sees(SECOND, ON, OTHER).live.broke());
  }

  @Test
  void whatProcDoesNotTellIsJudgedLater() {
    sees(FIRST, ON, ETCD).sees(SECOND, ON, UNSEEN);
    assertFalse(live.broke());
    assertTrue(sees(SECOND, ON, OTHER).live.broke());
  }

  @Test
  void anEtcdThatWasToEndWithTheRestartBreaksNothing() {
    sees(FIRST, OFF, ETCD).sees(SECOND, ON, OTHER);
    assertFalse(live.broke());
    assertTrue(live.verified());
  }

  @Test
  void anEtcdThatWasDeadBeforeOrIsRestartedWithoutDockerBreaksNothing() {
    sees(FIRST, ON, ETCD).sees(FIRST, ON, OTHER).sees(FIRST, ON, GONE).sees(SECOND, ON, ETCD);
    assertFalse(live.broke());
  }

  @Test
  void twoRestartsBeforeDockerAnswersAreJudgedAsOne() {
    DockerLife third = new DockerLife(300, 9999, BEGUN.plusSeconds(120));
    sees(FIRST, ON, ETCD).sees(SECOND, HUNG, ETCD).sees(third, ON, GONE);
    assertTrue(live.broke());
  }

  @Test
  void endedMeansAnotherProcessOrNone() {
    assertTrue(LiveRestore.ended(ETCD, GONE));
    assertTrue(LiveRestore.ended(ETCD, new ProcessSeen.Alive(7, 'S', 71)));
    assertFalse(LiveRestore.ended(ETCD, new ProcessSeen.Alive(7, 'D', 70)));
    assertFalse(LiveRestore.ended(ETCD, UNSEEN));
    assertFalse(LiveRestore.ended(GONE, ETCD));
    assertEquals(false, LiveRestore.ended(UNSEEN, ETCD));
  }
}
