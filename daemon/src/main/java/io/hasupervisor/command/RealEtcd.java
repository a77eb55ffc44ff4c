package io.hasupervisor.command;

import io.hasupervisor.cluster.EtcdSettings;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.host.Clock;
import io.hasupervisor.observe.etcd.Answer;
import io.hasupervisor.observe.etcd.EtcdChannel;
import io.hasupervisor.observe.etcd.EtcdLook;
import io.hasupervisor.observe.etcd.EtcdRound;
import io.hasupervisor.observe.etcd.Header;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** etcd itself, over its API. */
final class RealEtcd implements EtcdSight {
  /** Longer than the 7 s after which a member without quorum says so. */
  private static final Duration DEADLINE = Duration.ofSeconds(8);

  private final EtcdLook look;
  private final Optional<EtcdSettings.Tls> tls;
  private final Map<String, EtcdChannel> channels = new HashMap<>();

  RealEtcd(Master master, Clock clock) {
    this.look = EtcdLook.of(master, clock);
    this.tls = master.etcd().tls();
  }

  @Override
  public EtcdRound look() throws InterruptedException {
    return look.look();
  }

  @Override
  public Member member(String url) {
    EtcdChannel channel = channels.computeIfAbsent(url, it -> EtcdChannel.to(it, tls));
    return new Member() {
      @Override
      public Answer<Header> put(String key, byte[] value) throws InterruptedException {
        return channel.put(key, value, DEADLINE);
      }

      @Override
      public Answer<Map<String, byte[]>> list(String prefix) throws InterruptedException {
        return channel
            .list(prefix, DEADLINE)
            .map(
                found -> {
                  Map<String, byte[]> values = new LinkedHashMap<>();
                  found.forEach((key, stored) -> values.put(key, stored.value()));
                  return values;
                });
      }

      @Override
      public Answer<Header> delete(String key) throws InterruptedException {
        return channel.delete(key, DEADLINE);
      }
    };
  }

  @Override
  public void close() {
    channels.values().forEach(EtcdChannel::close);
    look.close();
  }
}
