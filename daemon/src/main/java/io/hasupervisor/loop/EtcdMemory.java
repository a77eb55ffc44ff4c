package io.hasupervisor.loop;

import io.hasupervisor.assess.etcd.EtcdMaxima;
import java.util.Optional;

/** What of etcd outlives this daemon. */
record EtcdMemory(Optional<EtcdMaxima> maxima) implements Remembered<EtcdMemory> {

  static EtcdMemory none() {
    return new EtcdMemory(Optional.empty());
  }

  @Override
  public boolean differsFrom(EtcdMemory before) {
    return !maxima.equals(before.maxima);
  }
}
