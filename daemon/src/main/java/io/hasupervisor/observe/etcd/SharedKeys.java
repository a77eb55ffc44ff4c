package io.hasupervisor.observe.etcd;

import io.hasupervisor.observe.disruption.LockJson;
import io.hasupervisor.observe.disruption.LockSeen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tinylog.Logger;

/**
 * What the masters of one cluster tell each other through etcd: the attestations of their members,
 * and the lock by which they take turns. Read in one go; written under the own name only.
 */
final class SharedKeys {
  private final String cluster;
  private int ignored;

  SharedKeys(String cluster) {
    this.cluster = cluster;
  }

  /** What was read in one range. */
  record Seen(List<Attestation> attestations, LockSeen lock) {}

  /** One question to one member. */
  interface Question<T> {
    Answer<T> to(MemberApi member) throws InterruptedException;
  }

  /** The first answer; what is only read may be asked of one member after the other. */
  static <T> Answer<T> first(List<MemberApi> members, Question<T> question)
      throws InterruptedException {
    Answer<T> answer = new Answer.NotAsked<>("no member served");
    for (MemberApi member : members) {
      answer = question.to(member);
      if (answer.ok()) {
        break;
      }
    }
    return answer;
  }

  /** All of it, through consensus. */
  Answer<Seen> read(List<MemberApi> members, Duration deadline) throws InterruptedException {
    Answer<Map<String, Stored>> values = first(members, member -> member.list(prefix(), deadline));
    if (values.got().filter(this::cutOff).isPresent()) {
      return new Answer.Failed<>(
          Fault.GARBAGE, "more keys than anybody wrote are below " + prefix(), Duration.ZERO);
    }
    return values.map(this::seen);
  }

  private String prefix() {
    return "/ha-supervisor/v1/" + cluster + "/";
  }

  /** Whether the lock may be there and was not read. */
  private boolean cutOff(Map<String, Stored> values) {
    return values.size() >= EtcdChannel.MOST_KEYS && !values.containsKey(LockJson.key(cluster));
  }

  private Seen seen(Map<String, Stored> values) {
    return new Seen(
        attestations(values), lock(values.getOrDefault(LockJson.key(cluster), Stored.absent())));
  }

  /** What was read under the lock's key. */
  static LockSeen lock(Stored stored) {
    return LockJson.read(stored.value(), stored.revision());
  }

  private synchronized List<Attestation> attestations(Map<String, Stored> values) {
    String prefix = AttestationJson.prefix(cluster);
    Map<String, byte[]> written = new LinkedHashMap<>();
    values.forEach(
        (key, stored) -> {
          if (key.startsWith(prefix)) {
            written.put(key, stored.value());
          }
        });
    AttestationJson.Read read = AttestationJson.all(written);
    if (read.ignored() > ignored) {
      Logger.info(
          "{} keys below {} are no attestations that this version understands; they are ignored",
          read.ignored(),
          prefix);
    }
    ignored = read.ignored();
    return new ArrayList<>(read.attestations());
  }

  /** The attestations as one member has them, also without quorum: of unknown age. */
  List<Attestation> lastWords(EtcdChannel member, Duration deadline) throws InterruptedException {
    return member
        .ownList(AttestationJson.prefix(cluster), deadline)
        .got()
        .map(this::attestations)
        .orElse(List.of());
  }

  /** The lock alone, through consensus. */
  Answer<LockSeen> lock(List<MemberApi> members, Duration deadline) throws InterruptedException {
    return first(members, member -> member.get(LockJson.key(cluster), deadline))
        .map(SharedKeys::lock);
  }

  /**
   * Sets the lock where its revision is {@code expected}. Another member is asked only after one
   * that certainly has not written.
   */
  Answer<Swap> setLock(List<MemberApi> members, byte[] value, long expected, Duration deadline)
      throws InterruptedException {
    Answer<Swap> answer = new Answer.NotAsked<>("no member served");
    for (MemberApi member : members) {
      answer = member.compareAndSet(LockJson.key(cluster), expected, value, deadline);
      if (answer.failure().filter(SharedKeys::unheard).isEmpty()) {
        break;
      }
    }
    return answer;
  }

  /** Whether this member has not even been told. */
  private static boolean unheard(Fault fault) {
    return switch (fault) {
      case REFUSED, TLS, DENIED, LEARNER, REMOVED -> true;
      case TIMEOUT, UNREACHABLE, NO_LEADER, NO_QUORUM, CORRUPT, NO_SPACE, GARBAGE, ERROR -> false;
    };
  }
}
