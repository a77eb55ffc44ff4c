package io.hasupervisor.loop;

import io.hasupervisor.assess.etcd.EtcdView;
import java.time.Duration;

/** Is told after each round how etcd is, in the loop's thread; must return at once. */
interface EtcdFollower {
  void judged(EtcdView view, Duration now);
}
