package io.hasupervisor.observe;

import static io.hasupervisor.observe.Checks.SHORT;
import static io.hasupervisor.observe.Checks.failed;
import static io.hasupervisor.observe.Checks.inconclusive;
import static io.hasupervisor.observe.Checks.once;
import static io.hasupervisor.observe.Checks.passed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.host.ProcStat;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class LocalProbesTest {

  private static Probe command(String... argv) {
    return new CommandProbe(new ProbeTarget.Command(List.of(argv), Set.of(0, 3)));
  }

  private static Probe process(String states) {
    AtomicInteger looks = new AtomicInteger();
    return new MainProcessProbe(
        () -> Optional.of(42L),
        pid -> {
          int look = Math.min(looks.getAndIncrement(), states.length() - 1);
          char state = states.charAt(look);
          return state == '-'
              ? Optional.empty()
              : Optional.of(new ProcStat(pid, "it", state, 1, 1, 100));
        });
  }

  @Test
  void commandPassesOnAnAcceptedExitCodeAndKeepsItsOutput() throws Exception {
    assertEquals("all well", passed(command("/bin/sh", "-c", "echo all well; exit 3")));
  }

  @Test
  void commandFailsOnAnotherExitCode() throws Exception {
    assertEquals(
        "exit code 1: not well",
        failed(Symptom.BAD_EXIT, command("/bin/sh", "-c", "echo not well >&2; exit 1")));
  }

  @Test
  void commandThatDoesNotEndTimesOutAndItsOutputIsKept() throws Exception {
    Probe hanging = command("/bin/sh", "-c", "echo working; exec sleep 600");
    // Not by a schedule, whose interrupt is another end of it.
    CheckResult.Failed failed =
        assertInstanceOf(CheckResult.Failed.class, hanging.check(Duration.ofSeconds(4)));
    assertEquals(Symptom.TIMED_OUT, failed.symptom());
    assertEquals("not ended within 4 s: working", failed.detail());
  }

  @Test
  void commandThatCannotBeStartedSaysNothingOfTheTarget() throws Exception {
    assertTrue(inconclusive(command("/no/such/program")).contains("/no/such/program"));
  }

  @Test
  void processIsThereGoneOrAZombie() throws Exception {
    passed(process("S"));
    failed(Symptom.NO_PROCESS, process("-"));
    failed(Symptom.ZOMBIE, process("Z"));
  }

  @Test
  void processSeenOnceInUninterruptibleSleepOrStoppedIsWell() throws Exception {
    for (String states : List.of("DDS", "TR")) {
      assertInstanceOf(CheckResult.Passed.class, process(states).check(SHORT), states);
    }
  }

  @Test
  void processThatStaysStoppedOrUninterruptibleTimesOut() throws Exception {
    assertTrue(failed(Symptom.TIMED_OUT, process("T"), SHORT).contains("is stopped"));
    assertTrue(failed(Symptom.TIMED_OUT, process("D"), SHORT).contains("hangs in the kernel"));
  }

  @Test
  void processHeldByADebuggerIsNotJudged() throws Exception {
    assertInstanceOf(CheckResult.Inconclusive.class, once(process("t"), SHORT));
  }

  @Test
  void processHeldByADebuggerIsNotJudgedEvenWhereTheHostIsTooSlowToLookAgain() throws Exception {
    Thread.currentThread().interrupt();
    assertInstanceOf(CheckResult.Inconclusive.class, process("t").check(Duration.ofHours(1)));
  }

  @Test
  void unknownProcessIsNotJudged() throws Exception {
    inconclusive(new MainProcessProbe(Optional::empty, _ -> Optional.empty()));
  }

  @Test
  void ownProcessIsThere() throws Exception {
    passed(new MainProcessProbe(() -> Optional.of(ProcessHandle.current().pid()), ProcStat::of));
  }
}
