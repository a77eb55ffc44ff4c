package io.hasupervisor.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.manifest.PodVerdict;
import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.decide.manifest.RolloutBecause;
import io.hasupervisor.decide.manifest.RolloutEvent;
import io.hasupervisor.decide.manifest.RolloutMachine;
import io.hasupervisor.decide.manifest.RolloutPolicy;
import io.hasupervisor.decide.manifest.RolloutState;
import io.hasupervisor.decide.manifest.Target;
import io.hasupervisor.observe.CheckResult;
import io.hasupervisor.observe.Symptom;
import io.hasupervisor.observe.manifest.DirectorySeen;
import io.hasupervisor.observe.manifest.DirectorySeen.FileSeen;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the paged engineer reads of a placement. */
final class RolloutSentencesTest {
  private static final RolloutPolicy POLICY = new RolloutPolicy(false, false, false);
  private static final Manifest ETCD = new Manifest("etcd", "etcd", "etcd\n");
  private static final Target TARGET = new Target(5, List.of(ETCD));

  private Duration now = Duration.ofSeconds(100);
  private RolloutState state = RolloutState.initial(now);

  private void step(RolloutEvent event) {
    state = RolloutMachine.step(POLICY, state, event, now).next();
  }

  private void looks(Manifest... files) {
    List<FileSeen> seen =
        List.of(files).stream()
            .map(
                file ->
                    new FileSeen(
                        file.file(),
                        Optional.of(file.sha256()),
                        Optional.empty(),
                        List.of(),
                        false,
                        Optional.empty(),
                        false,
                        now,
                        Optional.empty()))
            .toList();
    step(
        new RolloutEvent.DirectoryLooked(
            new DirectorySeen(
                Path.of("manifests"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                seen,
                now),
            Optional.empty()));
  }

  private void ends(Outcome outcome) {
    step(
        new RolloutEvent.Finished(
            state.inFlight().orElseThrow().number(), outcome, Instant.EPOCH, now));
  }

  private void ordered() {
    looks();
    step(new RolloutEvent.Ordered(TARGET));
    looks();
  }

  private String sentence() {
    return RolloutSentences.of(new RolloutSituation(POLICY, state, now));
  }

  @Test
  void saysHowToBegin() {
    assertEquals(
        "No manifests were placed yet; see: ha-supervisor manifests place --help.", sentence());
  }

  @Test
  void saysWhatFailedAndWhenItIsTriedAgain() {
    ordered();
    ends(new Outcome.Failed("/var/log/etcd.log is a directory"));
    looks();
    assertEquals(
        "Placing revision 5: the host could not be prepared (/var/log/etcd.log is a directory); it"
            + " is tried again in 30s.",
        sentence());
  }

  @Test
  void saysWhatEtcdWaitsForOnAFirstMaster() {
    ordered();
    ends(new Outcome.Done());
    looks();
    ends(new Outcome.Done());
    ends(new Outcome.Done());
    looks(ETCD);
    now = now.plusSeconds(90);
    step(
        new RolloutEvent.PodLooked(
            "etcd",
            ETCD.sha256(),
            new PodVerdict.Matches(),
            Optional.of(new CheckResult.Failed(Symptom.BAD_STATUS, "503")),
            true,
            state.facts().placedAt(ETCD),
            now));
    assertEquals(
        "Placing revision 5: etcd runs but does not answer for 1m 30s (BAD_STATUS: 503): it waits"
            + " for the other masters' etcd, and the rest waits for it.",
        sentence());
  }

  @Test
  void hasAWholeSentenceForEveryReason() {
    ordered();
    for (RolloutBecause because : RolloutBecause.values()) {
      RolloutState told =
          new RolloutState(
              state.phase(),
              because,
              state.target(),
              state.good(),
              state.ordered(),
              state.facts(),
              state.failures(),
              state.granted(),
              state.lastNumber(),
              state.inFlight());
      String text = RolloutSentences.of(new RolloutSituation(POLICY, told, now));
      assertTrue(text.startsWith("Placing revision 5: ") && text.endsWith("."), text);
      assertFalse(text.contains("..") || text.contains("  "), text);
    }
  }
}
