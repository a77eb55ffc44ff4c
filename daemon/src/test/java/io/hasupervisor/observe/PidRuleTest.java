package io.hasupervisor.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.host.process.ProcessId;
import io.hasupervisor.observe.PidRule.Known;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PidRuleTest {
  private static final Path FILE = Path.of("/run/docker.pid");

  /** Times in seconds since boot; the file's content is told apart by when it was written. */
  private static Candidate candidate(long pid, long startedAt, long writtenAt, String name) {
    return new Candidate(
        new ProcessId(pid, startedAt * 100),
        new Pidfile.Content("inode", FileTime.fromMillis(writtenAt * 1000), 3),
        Duration.ofSeconds(writtenAt),
        Duration.ofSeconds(startedAt),
        name,
        "/usr/bin/" + name);
  }

  private static Optional<Known> alive(Candidate life) {
    return Optional.of(Known.alive(life));
  }

  private static Optional<Known> died(Candidate life, long at) {
    return Optional.of(Known.alive(life).diedBy(Duration.ofSeconds(at)));
  }

  private static void accepted(Candidate candidate, Optional<Known> known) {
    assertEquals(Optional.empty(), PidRule.objection(FILE, candidate, known, 7));
  }

  private static void refused(Candidate candidate, Optional<Known> known, String reason) {
    Optional<String> objection = PidRule.objection(FILE, candidate, known, 7);
    assertTrue(objection.orElse("accepted").contains(reason), objection.toString());
  }

  @Test
  void whoWroteTheFileAfterItsStartIsTheService() {
    accepted(candidate(42, 100, 101, "dockerd"), Optional.empty());
    accepted(candidate(42, 100, 5000, "java"), Optional.empty());
  }

  @Test
  void startTimesAreRoughAndClocksAreSetABit() {
    accepted(candidate(42, 105, 100, "java"), Optional.empty());
  }

  @Test
  void whoIsYoungerThanTheFileIsNot() {
    refused(candidate(42, 500, 100, "sshd"), Optional.empty(), "after the file was written: sshd");
  }

  @Test
  void aClockSetByHoursAfterBootDoesNotDisownTheDaemonTheFileIsNamedAfter() {
    accepted(candidate(42, 4000, 100, "dockerd"), Optional.empty());
    accepted(candidate(42, 4000, 100, "docker"), Optional.empty());
    refused(candidate(42, 4000, 100, "docker-proxy"), Optional.empty(), "docker-proxy");
  }

  @Test
  void initAndThisDaemonAreNeverTheService() {
    refused(candidate(1, 0, 100, "systemd"), Optional.empty(), "init");
    refused(candidate(7, 50, 100, "java"), Optional.empty(), "this daemon");
  }

  @Test
  void anUnchangedFileNamesNobodyElse() {
    Candidate before = candidate(42, 100, 101, "dockerd");
    accepted(before, alive(before));
    refused(candidate(42, 300, 101, "dockerd"), died(before, 200), "passed to another process");
  }

  @Test
  void aSuccessorStartedAfterTheDeathIsTheServiceWhateverItRuns() {
    Candidate before = candidate(42, 100, 101, "dockerd");
    accepted(candidate(50, 201, 202, "dockerd"), died(before, 200));
    accepted(candidate(50, 201, 202, "docker-ce"), died(before, 200));
  }

  @Test
  void aDeathNoticedLateDoesNotDisownTheSuccessor() {
    Candidate before = candidate(42, 100, 101, "dockerd");
    accepted(candidate(50, 199, 202, "docker-ce"), died(before, 200));
  }

  @Test
  void anotherProgramThatRanBesideItIsNot() {
    Candidate before = candidate(42, 100, 101, "dockerd");
    refused(candidate(50, 150, 190, "sshd"), died(before, 200), "ran beside the service: sshd");
    refused(candidate(50, 150, 190, "sshd"), alive(before), "ran beside the service: sshd");
  }

  @Test
  void whoWasSeenBesideItIsNotHoweverShortlyBeforeTheDeath() {
    Candidate before = candidate(42, 100, 101, "dockerd");
    Candidate other = candidate(50, 199, 199, "sshd");
    Known seen = Known.alive(before).beside(other.id()).diedBy(Duration.ofSeconds(200));
    refused(other, Optional.of(seen), "ran beside the service: sshd");
    accepted(other, died(before, 200));
  }

  @Test
  void theSameProgramHandsOverWhileTheOldOneLives() {
    Candidate before = candidate(42, 100, 101, "dockerd");
    accepted(candidate(50, 150, 151, "dockerd"), alive(before));
  }

  @Test
  void anOlderProcessIsNoSuccessor() {
    Candidate before = candidate(42, 100, 101, "dockerd");
    refused(candidate(41, 90, 190, "dockerd"), died(before, 200), "older than the service");
  }
}
