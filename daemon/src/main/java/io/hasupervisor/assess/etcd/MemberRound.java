package io.hasupervisor.assess.etcd;

import io.hasupervisor.assess.etcd.Roster.Subject;
import io.hasupervisor.observe.etcd.Answer;
import io.hasupervisor.observe.etcd.Fault;
import io.hasupervisor.observe.etcd.Header;
import io.hasupervisor.observe.etcd.MemberEvidence;
import io.hasupervisor.observe.etcd.MetricsSeen;
import io.hasupervisor.observe.etcd.ProcessSeen;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What one round tells of one member: which questions failed and how, and who else vouches for it.
 */
record MemberRound(Scene scene, Subject subject, MemberEvidence seen) {
  private static final Set<Fault> SILENCE =
      EnumSet.of(Fault.REFUSED, Fault.TIMEOUT, Fault.UNREACHABLE);

  /** Whether any question that etcd answers was put to it, and failed. */
  boolean asked() {
    return seen.linearizable().failure().isPresent()
        || seen.serializable().failure().isPresent()
        || seen.status().failure().isPresent();
  }

  /** Whether nothing at all came back in this round. */
  boolean silent() {
    return asked()
        && Stream.of(seen.linearizable(), seen.serializable(), seen.status()).noneMatch(Answer::ok)
        && faults().allMatch(SILENCE::contains);
  }

  /** Whether a question failed in one of these ways. */
  boolean failed(Fault... faults) {
    return faults().anyMatch(Arrays.asList(faults)::contains);
  }

  /** The first failure of one of these kinds, in words; empty where there is none. */
  String firstFault(Fault... wanted) {
    List<Fault> any = Arrays.asList(wanted);
    return faults().filter(any::contains).findFirst().map(Told::of).orElse("");
  }

  private Stream<Fault> faults() {
    return Stream.of(seen.linearizable(), seen.serializable(), seen.status())
        .flatMap(answer -> answer.failure().stream());
  }

  /** Whether etcd's process lives on this host. */
  boolean alive() {
    return scene.round().process() instanceof ProcessSeen.Alive;
  }

  /** Whether this host's member is being defragmented. */
  boolean defragmenting() {
    return scene.round().metrics().got().filter(MetricsSeen::defragmenting).isPresent();
  }

  /** Entries that its store is behind the furthest one's; -1 where it did not tell. */
  long lag() {
    return seen.status()
        .got()
        .map(status -> Math.max(0, scene.furthest() - status.applied()))
        .orElse(-1L);
  }

  /** How long a read took by which the member proved quorum for itself; empty where none did. */
  Optional<Duration> proofTaken() {
    return switch (seen.linearizable()) {
      case Answer.Got<Header>(Header header, Duration took) ->
          scene.proofs().contains(header)
                  && subject.id().filter(header.member()::equals).isPresent()
              ? Optional.of(took)
              : Optional.empty();
      case Answer.Failed<Header> _, Answer.NotAsked<Header> _ -> Optional.empty();
    };
  }

  /** Whether its peer port or the own member's link to it is up; empty where neither tells. */
  Optional<Boolean> linked() {
    return switch (seen.peer()) {
      case Answer.Got<?> _ -> Optional.of(true);
      case Answer.Failed<?> _ -> Optional.of(raftStream().orElse(false));
      case Answer.NotAsked<?> _ -> raftStream();
    };
  }

  /** E5: whether the own member's raft stream to it is up. */
  Optional<Boolean> raftStream() {
    return scene
        .round()
        .metrics()
        .got()
        .flatMap(metrics -> subject.id().map(metrics.activePeers()::get));
  }

  /** What its own daemon wrote through it. */
  Optional<Heard> heard() {
    return scene.attestations().of(subject.id(), scene.cluster());
  }
}
