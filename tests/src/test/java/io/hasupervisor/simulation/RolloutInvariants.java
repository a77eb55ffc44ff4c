package io.hasupervisor.simulation;

import static io.hasupervisor.simulation.Violation.unless;

import io.hasupervisor.assess.manifest.PodVerdict;
import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.decide.manifest.RolloutAction;
import io.hasupervisor.decide.manifest.RolloutAction.Place;
import io.hasupervisor.decide.manifest.RolloutEvent;
import io.hasupervisor.decide.manifest.RolloutEvent.DirectoryLooked;
import io.hasupervisor.decide.manifest.RolloutEvent.PodLooked;
import io.hasupervisor.decide.manifest.RolloutFacts;
import io.hasupervisor.decide.manifest.RolloutPhase;
import io.hasupervisor.decide.manifest.RolloutPolicy;
import io.hasupervisor.decide.manifest.RolloutState;
import io.hasupervisor.decide.manifest.RolloutStep;
import io.hasupervisor.decide.manifest.Target;
import io.hasupervisor.observe.CheckResult;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What must hold after every step of a placement, by a second and dumber count. */
final class RolloutInvariants {
  private static final Duration LONG_AGO = Duration.ofDays(-9999);

  private final FakeMaster host;
  private final Map<String, Integer> passes = new HashMap<>();
  private final Map<String, Duration> unwellAt = new HashMap<>();
  private final Map<String, Duration> editedAt = new HashMap<>();
  private final Set<String> stood = new HashSet<>();
  private Optional<Target> aim = Optional.empty();
  private Duration lookedAt = LONG_AGO;
  private Duration aloneAt = LONG_AGO;
  private boolean owned;
  private boolean underOrder;
  private boolean newOrder;
  private boolean onOrder;
  private boolean prepared;
  private Optional<Manifest> consented = Optional.empty();
  private int rollbacks;
  private long lastNumber;
  private boolean outstanding;

  RolloutInvariants(FakeMaster host) {
    this.host = host;
  }

  void edited(String file, Duration now) {
    editedAt.put(file, now);
  }

  /** The other masters' etcd is gone. */
  void alone(Duration now) {
    aloneAt = now;
  }

  /** The daemon died: whatever it was doing is over. */
  void restarted() {
    outstanding = false;
    consented = Optional.empty();
    passes.clear();
  }

  void check(
      RolloutPolicy policy,
      RolloutState before,
      RolloutEvent event,
      RolloutStep step,
      Duration now) {
    take(before, event);
    RolloutState next = step.next();
    boolean begins = newOrder && next.ordered().isEmpty();
    if (!next.target().equals(aim) || begins) {
      onOrder = begins && next.phase() instanceof RolloutPhase.Placing;
      newOrder &= !begins;
      aim = next.target();
      stood.clear();
      stands(before, event);
    }
    checkRollback(before, next, now);
    step.begin()
        .ifPresent(
            begun -> {
              unless(!outstanding, "two actions are never in flight");
              unless(begun.number() > lastNumber, "numbers of actions grow");
              lastNumber = begun.number();
              outstanding = true;
              checkAction(policy, next, begun.action(), now);
              consented = Optional.empty();
            });
    boolean busy = next.phase().way().isPresent() || next.ordered().isPresent();
    underOrder = underOrder && (busy || next.phase() instanceof RolloutPhase.Settling);
  }

  private void take(RolloutState before, RolloutEvent event) {
    switch (event) {
      case DirectoryLooked looked -> {
        if (looked.seen().at().compareTo(before.facts().believeFrom()) >= 0) {
          owned = looked.owner().isPresent();
          lookedAt = looked.seen().at();
        }
        stands(before, event);
      }
      case PodLooked looked -> pod(before, looked);
      case RolloutEvent.Finished finished -> finished(before, finished);
      case RolloutEvent.Ordered _ -> {
        rollbacks = 0;
        underOrder = true;
        newOrder = true;
        prepared = false;
      }
      case RolloutEvent.EtcdJudged _, RolloutEvent.Ticked _ -> {}
    }
  }

  private void stands(RolloutState before, RolloutEvent event) {
    if (event instanceof DirectoryLooked looked
        && looked.seen().at().compareTo(before.facts().believeFrom()) >= 0) {
      aim.stream()
          .flatMap(target -> target.manifests().stream())
          .filter(
              manifest ->
                  looked.seen().files().stream()
                      .anyMatch(
                          file ->
                              file.name().equals(manifest.file())
                                  && file.sha256().equals(Optional.of(manifest.sha256()))))
          .forEach(manifest -> stood.add(manifest.name()));
    }
  }

  private void pod(RolloutState before, PodLooked looked) {
    if (looked.at().compareTo(before.facts().believeFrom()) < 0) {
      return;
    }
    boolean inconclusive =
        looked.probe().filter(CheckResult.Inconclusive.class::isInstance).isPresent();
    boolean well =
        looked.verdict() instanceof PodVerdict.Matches
            && looked.probe().filter(CheckResult.Failed.class::isInstance).isEmpty();
    String key = looked.manifest() + looked.sha256();
    if (!well) {
      passes.put(key, 0);
      unwellAt.put(key, looked.at());
    } else if (!inconclusive) {
      passes.merge(key, 1, Integer::sum);
    }
  }

  private void finished(RolloutState before, RolloutEvent.Finished finished) {
    boolean mine =
        before.inFlight().filter(begun -> begun.number() == finished.number()).isPresent();
    if (mine) {
      outstanding = false;
      RolloutAction action = before.inFlight().orElseThrow().action();
      consented =
          action instanceof RolloutAction.AskConsent ask
                  && finished.outcome() instanceof Outcome.Done
              ? Optional.of(ask.manifest())
              : Optional.empty();
      if (action instanceof Place place) {
        String key = place.manifest().name() + place.manifest().sha256();
        passes.put(key, 0);
        unwellAt.put(key, finished.at());
      }
      prepared |=
          action instanceof RolloutAction.Prepare && finished.outcome() instanceof Outcome.Done;
    }
  }

  private void checkRollback(RolloutState before, RolloutState next, Duration now) {
    if (!(next.phase() instanceof RolloutPhase.RollingBack back)
        || before.phase() instanceof RolloutPhase.RollingBack) {
      return;
    }
    rollbacks++;
    unless(rollbacks <= 1, "one order is rolled back at most once");
    unless(next.good().isPresent(), "nothing is rolled back without a last known good");
    unless(next.target().equals(next.good()), "a roll-back aims at the last known good");
    unless(
        back.from().revision() != next.target().orElseThrow().revision(),
        "a revision is not rolled back to itself");
    Manifest failed =
        host.revision(back.from().revision()).find(back.from().manifest()).orElseThrow();
    boolean bad = host.quality(failed.text()) != FakeMaster.Quality.GOOD;
    boolean own =
        next.target()
            .orElseThrow()
            .find("etcd")
            .orElseThrow()
            .text()
            .equals(host.revision(back.from().revision()).find("etcd").orElseThrow().text());
    boolean etcdAlone =
        failed.name().equals("etcd")
            && !own
            && now.minus(aloneAt).compareTo(Duration.ofMinutes(6)) < 0;
    unless(bad || etcdAlone, "nothing is rolled back for a cause outside the manifest");
  }

  private void checkAction(
      RolloutPolicy policy, RolloutState next, RolloutAction action, Duration now) {
    unless(!owned, "nothing is done in another tool's directory");
    boolean bookkeeping =
        action instanceof RolloutAction.MarkCurrent
            || action instanceof RolloutAction.MarkLastKnownGood;
    unless(
        !policy.observeOnly() || underOrder || bookkeeping,
        "observing, nothing is done without an order");
    switch (action) {
      case Place place -> checkPlace(policy, next, place, now);
      case RolloutAction.StopOldContainer stop -> {
        unless(!stop.manifest().equals("etcd"), "an etcd is never stopped");
        unless(next.phase().way().isPresent(), "containers are stopped only on the way somewhere");
      }
      case RolloutAction.MarkLastKnownGood mark -> {
        Target target = next.target().orElseThrow();
        unless(mark.revision() == target.revision(), "only the target becomes known good");
        for (Manifest manifest : target.manifests()) {
          Duration unwell = unwellAt.getOrDefault(manifest.name() + manifest.sha256(), LONG_AGO);
          unless(
              now.minus(unwell).compareTo(Duration.ofMinutes(10)) >= 0,
              "known good is what ran well for ten minutes");
        }
      }
      case RolloutAction.Quarantine quarantine ->
          unless(
              policy.quarantine()
                  && next.target().orElseThrow().manifests().stream()
                      .noneMatch(own -> own.file().equals(quarantine.file())),
              "only others' files are moved away, and only if wanted");
      case RolloutAction.Prepare _, RolloutAction.MarkCurrent _, RolloutAction.AskConsent _ -> {}
    }
  }

  private void checkPlace(RolloutPolicy policy, RolloutState next, Place place, Duration now) {
    Target target = next.target().orElseThrow();
    Manifest manifest = place.manifest();
    unless(
        place.revision() == target.revision()
            && target.find(manifest.name()).equals(Optional.of(manifest)),
        "only files of the target are placed");
    checkConsent(next, manifest);
    Duration edit = editedAt.getOrDefault(manifest.file(), LONG_AGO);
    boolean theirs =
        edit.compareTo(lookedAt) <= 0
            && edit.compareTo(LONG_AGO) > 0
            && host.directory.containsKey(manifest.file())
            && !manifest.text().equals(host.directory.get(manifest.file()))
            && edit.equals(host.changedAt.get(manifest.file()));
    boolean mayEnforce = policy.enforce() && now.minus(edit).compareTo(Duration.ofMinutes(10)) >= 0;
    unless(
        !theirs || !stood.contains(manifest.name()) || mayEnforce,
        "another hand's change is not overwritten without an order");
    if (next.phase().way().isEmpty()) {
      return;
    }
    if (onOrder && !stood.contains(manifest.name())) {
      unless(host.current.equals(Optional.of(target.revision())), "the store knows first");
      unless(prepared, "the host is prepared first");
    }
    for (Manifest earlier : target.manifests()) {
      if (earlier.name().equals(manifest.name())) {
        break;
      }
      int needed =
          earlier.name().startsWith("kube-c") || earlier.name().startsWith("kube-s") ? 2 : 3;
      unless(
          passes.getOrDefault(earlier.name() + earlier.sha256(), 0) >= needed,
          "a file is placed once those before it run");
    }
  }

  /** Where no pod of it ever was, and none can be now, an ordered one disturbs nobody. */
  private void checkConsent(RolloutState next, Manifest manifest) {
    boolean first =
        next.phase() instanceof RolloutPhase.Placing
            && next.facts().standing(manifest) == RolloutFacts.Standing.MISSING
            && !next.facts().ran().contains(manifest.name());
    boolean delicate = manifest.name().equals("etcd") || manifest.name().equals("kube-apiserver");
    unless(
        !delicate || first || consented.equals(Optional.of(manifest)),
        "an ordered Place of etcd or kube-apiserver happens only after consent");
  }

  /** A second judgement at the same moment changes nothing: nobody can be made to spin. */
  void checkRest(RolloutRules rules, RolloutPolicy policy, RolloutState state, Duration now) {
    if (state.inFlight().isEmpty()) {
      RolloutStep again = rules.step(policy, state, new RolloutEvent.Ticked(), now);
      unless(
          again.begin().isEmpty() && again.next().equals(state),
          "a tick at the same moment changes nothing");
    }
  }
}
