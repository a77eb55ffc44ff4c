package io.hasupervisor.loop;

import io.hasupervisor.cluster.EtcdSettings;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.SeedMaster;
import java.util.Map;

/** A master's configuration for the tests of this package. */
final class Masters {
  private Masters() {}

  /** The same host, which attests when it is told to. */
  static Master attesting(EtcdSettings.Attest when) {
    Master m1 = m1();
    EtcdSettings etcd = m1.etcd();
    return m1.with(
        new EtcdSettings(
            etcd.local(), etcd.endpoints(), etcd.tls(), when, etcd.period(), etcd.limits()));
  }

  static Master m1() {
    return SeedMaster.m1("c", Map.of("m1", "10.0.0.1"));
  }
}
