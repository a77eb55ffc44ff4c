package io.hasupervisor.act.etcd;

import io.hasupervisor.decide.Outcome;
import io.hasupervisor.observe.etcd.Answer;
import io.hasupervisor.observe.etcd.Attestation;
import io.hasupervisor.observe.etcd.AttestationJson;
import io.hasupervisor.observe.etcd.EtcdLook;
import io.hasupervisor.observe.etcd.Header;
import java.time.Duration;

/**
 * Writes through this host's own member that it serves; that it can be written is half of what is
 * said.
 */
public record AttestationWriter(EtcdLook etcd, String cluster) {
  private static final Duration DEADLINE = Duration.ofSeconds(5);

  /** One write, never repeated: the next attestation is newer. */
  public Outcome attest(Attestation attestation) throws InterruptedException {
    byte[] value = AttestationJson.encode(attestation);
    if (value.length > AttestationJson.LIMIT) {
      return new Outcome.Failed(
          "The attestation of " + value.length + " bytes is larger than any reader takes.");
    }
    String key = AttestationJson.key(cluster, attestation.member());
    return outcome(etcd.put(key, value, DEADLINE));
  }

  private static Outcome outcome(Answer<Header> answer) {
    return switch (answer) {
      case Answer.Got<Header> _ -> new Outcome.Done();
      case Answer.NotAsked<Header> not -> new Outcome.Failed("Not attested: " + not.why() + ".");
      case Answer.Failed<Header> failed -> failed(failed);
    };
  }

  private static Outcome failed(Answer.Failed<Header> failed) {
    String why = "The attestation was not written: " + failed.detail() + ".";
    return switch (failed.fault()) {
      case REFUSED, TLS, DENIED, NO_LEADER, CORRUPT, NO_SPACE, LEARNER, REMOVED ->
          new Outcome.Failed(why);
      case TIMEOUT, UNREACHABLE, NO_QUORUM, GARBAGE, ERROR -> new Outcome.Uncertain(why);
    };
  }
}
