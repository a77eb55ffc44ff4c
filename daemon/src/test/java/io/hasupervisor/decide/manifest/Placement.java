package io.hasupervisor.decide.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.manifest.PodVerdict;
import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.observe.CheckResult;
import io.hasupervisor.observe.Symptom;
import io.hasupervisor.observe.manifest.DirectorySeen;
import io.hasupervisor.observe.manifest.DirectorySeen.FileSeen;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A placement machine in the test's hand, with a directory that actions change when they end. */
final class Placement {
  static final String ETCD = "etcd";
  static final String APISERVER = "kube-apiserver";
  static final String SCHEDULER = "kube-scheduler";

  final Map<String, String> directory = new LinkedHashMap<>();
  RolloutPolicy policy = new RolloutPolicy(false, false, false);
  RolloutState state;
  Duration now = Duration.ofSeconds(1000);
  Optional<String> owner = Optional.empty();
  boolean consents = true;

  Placement(Optional<Target> target, Optional<Target> good, RolloutPhase phase) {
    state =
        RolloutState.remembered(
            phase,
            target,
            good,
            Optional.empty(),
            Map.of(),
            Set.of(),
            target.map(Target::revision),
            now);
    target.ifPresent(t -> t.manifests().forEach(m -> directory.put(m.file(), m.text())));
    looks();
  }

  static Placement fresh() {
    return new Placement(Optional.empty(), Optional.empty(), new RolloutPhase.None());
  }

  /** Revision {@code good} is placed and known to be good. */
  static Placement standing(Target good) {
    return new Placement(Optional.of(good), Optional.of(good), new RolloutPhase.Placed());
  }

  /** A revision whose texts are {@code name text}. */
  static Target target(int revision, String etcd, String apiserver, String scheduler) {
    return new Target(
        revision,
        List.of(
            manifest(ETCD, etcd), manifest(APISERVER, apiserver), manifest(SCHEDULER, scheduler)));
  }

  private static Manifest manifest(String name, String text) {
    return new Manifest(name, name, name + " " + text + "\n");
  }

  /** An order is consented to at once, unless the test has its own answer. */
  Placement step(RolloutEvent event) {
    state = RolloutMachine.step(policy, state, event, now).next();
    return consents && ordered() ? ends(lastNumber(), new Outcome.Done()) : this;
  }

  private boolean ordered() {
    return state
        .inFlight()
        .filter(
            begun ->
                begun.action() instanceof RolloutAction.AskConsent ask
                    && ask.occasion() == RolloutAction.Occasion.ORDERED)
        .isPresent();
  }

  private long lastNumber() {
    return state.inFlight().orElseThrow().number();
  }

  Placement order(Target target) {
    return step(new RolloutEvent.Ordered(target)).looks();
  }

  Placement pass(long seconds) {
    now = now.plusSeconds(seconds);
    return step(new RolloutEvent.Ticked());
  }

  Placement looks() {
    List<FileSeen> files = new ArrayList<>();
    directory.forEach(
        (file, text) ->
            files.add(
                new FileSeen(
                    file,
                    Optional.of(new Manifest("", "", text).sha256()),
                    Optional.of("kube-system/" + file.replaceFirst("\\..*", "")),
                    List.of(),
                    false,
                    Optional.empty(),
                    false,
                    now.minusSeconds(1),
                    Optional.empty())));
    return step(
        new RolloutEvent.DirectoryLooked(
            new DirectorySeen(
                Path.of("manifests"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                files,
                now),
            owner));
  }

  private Manifest wanted(String name) {
    return state.target().orElseThrow().find(name).orElseThrow();
  }

  Placement sees(String name, PodVerdict verdict, Optional<CheckResult> probe) {
    return sees(name, verdict, probe, state.facts().placedAt(wanted(name)));
  }

  /** Held against containers by another time than that of the placement. */
  Placement seesByTime(String name, PodVerdict verdict, Instant placed) {
    return sees(name, verdict, Optional.empty(), placed);
  }

  private Placement sees(
      String name, PodVerdict verdict, Optional<CheckResult> probe, Instant placed) {
    now = now.plusSeconds(2);
    boolean made = !(verdict instanceof PodVerdict.Starting);
    String sha256 = wanted(name).sha256();
    return step(new RolloutEvent.PodLooked(name, sha256, verdict, probe, made, placed, now));
  }

  Placement sees(String name, PodVerdict verdict) {
    return sees(name, verdict, Optional.empty());
  }

  Placement runs(String... names) {
    for (String name : names) {
      for (int n = 0; n < 3; n++) {
        sees(
            name,
            new PodVerdict.Matches(),
            Optional.of(new CheckResult.Passed(Duration.ofMillis(1), "ok")));
      }
    }
    return this;
  }

  Placement failsItsProbe(String name) {
    return sees(
        name,
        new PodVerdict.Matches(),
        Optional.of(new CheckResult.Failed(Symptom.BAD_STATUS, "503")));
  }

  Placement crashes(String name) {
    return sees(name, new PodVerdict.Crashing(3, "exit code 1"));
  }

  /** The action in flight, which must be this one, ends well and has its effect. */
  Placement does(String action) {
    is(action);
    if (state.inFlight().orElseThrow().action() instanceof RolloutAction.Place place) {
      directory.put(place.manifest().file(), place.manifest().text());
    }
    return ends(new Outcome.Done());
  }

  Placement ends(Outcome outcome) {
    now = now.plusSeconds(1);
    return ends(state.inFlight().orElseThrow().number(), outcome).looks();
  }

  Placement ends(long number, Outcome outcome) {
    return step(new RolloutEvent.Finished(number, outcome, Instant.EPOCH.plus(now), now));
  }

  /** All that leads to a first revision, up to the file of etcd. */
  Placement begins() {
    return does("Prepare").does("MarkCurrent");
  }

  Placement is(String action) {
    assertEquals(
        action,
        state
            .inFlight()
            .map(
                begun ->
                    switch (begun.action()) {
                      case RolloutAction.Place place -> "Place " + place.manifest().name();
                      case RolloutAction.AskConsent ask ->
                          "AskConsent " + ask.manifest().name() + " " + ask.occasion();
                      case RolloutAction.StopOldContainer stop -> "Stop " + stop.id();
                      case RolloutAction.Quarantine away -> "Quarantine " + away.file();
                      default -> begun.action().getClass().getSimpleName();
                    })
            .orElse("none"));
    return this;
  }

  Placement is(String label, RolloutBecause because) {
    assertEquals(label + " " + because, state.phase().label() + " " + state.because());
    return this;
  }

  Placement rests() {
    assertTrue(state.inFlight().isEmpty(), () -> "still at " + state.inFlight());
    return this;
  }
}
