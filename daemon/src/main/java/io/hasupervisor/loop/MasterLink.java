package io.hasupervisor.loop;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.decide.manifest.ConfigRule;
import io.hasupervisor.decide.manifest.EtcdFacts;
import io.hasupervisor.decide.manifest.InFlight;
import io.hasupervisor.decide.manifest.RolloutState;
import io.hasupervisor.decide.manifest.Target;
import io.hasupervisor.host.Clock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What ties one master's configuration to the outside world: eyes, hands and inspections. */
final class MasterLink implements AutoCloseable {
  /** The configuration's own inspection; no other may have this area. */
  static final String CONFIGURATION = "manifests";

  private static final Duration CONFIGURATION_EVERY = Duration.ofMinutes(10);

  private final Outside.MasterOutside outside;
  private final Inbox inbox;
  private final RolloutEyes eyes;
  private final RolloutHands hands;
  private final Inspector configuration;
  private final List<Inspector> inspectors = new ArrayList<>();
  private volatile Optional<Target> placed = Optional.empty();

  MasterLink(Outside.MasterOutside outside, Clock clock, RolloutHands.Saved saved, Inbox inbox) {
    this.outside = outside;
    this.inbox = inbox;
    this.eyes = new RolloutEyes(outside.manifests(), clock, inbox);
    this.hands = new RolloutHands(outside.manifests(), clock, saved, inbox);
    this.configuration =
        new Inspector(
            new Inspection(
                CONFIGURATION,
                outside.manifests().templates(),
                CONFIGURATION_EVERY,
                this::configurationFindings),
            inbox);
    inspectors.add(configuration);
    outside.inspections().forEach(inspection -> inspectors.add(new Inspector(inspection, inbox)));
  }

  ManifestWorld world() {
    return outside.manifests();
  }

  BackupWorld backups() {
    return outside.backups();
  }

  EntryWorld entry() {
    return outside.entry();
  }

  RepairWorld repair() {
    return outside.repair();
  }

  EtcdWorld etcd() {
    return outside.etcd();
  }

  /** Whether this is the world of the present configuration. */
  @SuppressWarnings("ReferenceEquality")
  boolean isOf(ManifestWorld world) {
    return outside.manifests() == world;
  }

  /** Begins to look, and reads what is remembered. */
  void start(Optional<RolloutRecall> recall) {
    inspectors.forEach(Inspector::start);
    eyes.start();
    recall.ifPresent(
        wanted ->
            Thread.ofVirtual()
                .name("manifests recalled")
                .start(() -> inbox.post(new Message.Recalled(wanted.recall()))));
  }

  void carryOut(InFlight begun, EtcdFacts etcd) {
    hands.carryOut(begun, etcd);
  }

  void look() {
    eyes.look();
  }

  void lookAtDirectory() {
    eyes.lookAtDirectorySoon();
  }

  /** Looks at what {@code state} wants to know, as often as it needs it. */
  void watch(RolloutState state, Duration now) {
    List<Manifest> manifests = state.target().map(Target::manifests).orElse(List.of());
    Map<String, Instant> placedAt = new HashMap<>();
    manifests.forEach(manifest -> placedAt.put(manifest.name(), state.facts().placedAt(manifest)));
    eyes.want(new RolloutEyes.Wanted(manifests, placedAt, state.inHaste(now)));
    if (!placed.equals(state.target())) {
      placed = state.target();
      configuration.look();
    }
  }

  /** Looks a revision up in the store, away from the loop's thread. */
  void fetch(int revision, Message.Asked asked) {
    Thread.ofVirtual()
        .name("revision " + revision)
        .start(() -> inbox.post(fetched(revision, asked)));
  }

  private Message.Fetched fetched(int revision, Message.Asked asked) {
    try {
      return new Message.Fetched(world().revision(revision), "", asked);
    } catch (IOException e) {
      return new Message.Fetched(
          Optional.empty(), "revision " + revision + " cannot be used: " + e.getMessage(), asked);
    }
  }

  private List<Finding> configurationFindings() {
    try {
      return ConfigRule.findings(world().render(), placed);
    } catch (IOException e) {
      return List.of(
          Finding.of(
              "CONFIG_NOT_RENDERED",
              Finding.Severity.WARNING,
              "templates",
              "A template cannot be read (" + e.getMessage() + "); what was placed goes on.",
              "See: ha-supervisor manifests validate"));
    }
  }

  @Override
  public void close() {
    eyes.close();
    inspectors.forEach(Inspector::close);
  }
}
