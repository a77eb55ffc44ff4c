package io.hasupervisor.observe.etcd;

import io.hasupervisor.cluster.Master;
import io.hasupervisor.host.Clock;
import io.hasupervisor.observe.HttpCall;
import io.hasupervisor.observe.etcd.Asking.Open;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The clocks of the other masters, by the Date header of their peer ports. */
public final class PeerClocks {
  private static final int PEER_PORT = 2380;

  private PeerClocks() {}

  /**
   * Their clocks minus ours by the masters' names, known to about a second; without those that do
   * not answer within {@code limit}.
   */
  public static Map<String, Duration> look(Master master, Clock clock, Duration limit)
      throws InterruptedException {
    return look(master, clock, limit, PEER_PORT);
  }

  static Map<String, Duration> look(Master master, Clock clock, Duration limit, int peers)
      throws InterruptedException {
    PeerPort port =
        new PeerPort(new HttpCall(EtcdChannel.credentials(master.etcd().tls()), limit), clock);
    Map<String, Open<PeerSeen>> asked = new LinkedHashMap<>();
    Map<String, Duration> ahead = new LinkedHashMap<>();
    try (Asking asking = new Asking(limit)) {
      master
          .cluster()
          .masters()
          .forEach(
              (name, address) -> {
                if (!name.equals(master.node().name())) {
                  Endpoint endpoint = new Endpoint(master.etcd().tls().isPresent(), address, peers);
                  asked.put(name, asking.ask(() -> port.ask(endpoint, limit)));
                }
              });
      for (Map.Entry<String, Open<PeerSeen>> each : asked.entrySet()) {
        asking
            .answer(each.getValue())
            .got()
            .flatMap(PeerSeen::ahead)
            .ifPresent(difference -> ahead.put(each.getKey(), difference));
      }
    }
    return ahead;
  }
}
