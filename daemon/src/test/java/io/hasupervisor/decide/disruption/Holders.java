package io.hasupervisor.decide.disruption;

import io.hasupervisor.observe.disruption.LockDocument.Holder;
import io.hasupervisor.observe.etcd.EtcdId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Holders of the lock of whom nothing else is known. */
final class Holders {
  private Holders() {}

  static Holder of(String node, long member, String nonce, Instant since) {
    return new Holder(
        "another machine",
        node,
        Optional.of(new EtcdId(member)),
        "boot",
        "restart docker",
        "asked for by daemon",
        since,
        Duration.ofMinutes(15),
        nonce,
        true);
  }
}
