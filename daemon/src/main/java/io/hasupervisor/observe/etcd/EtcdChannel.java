package io.hasupervisor.observe.etcd;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.MemberListRequest;
import io.etcd.jetcd.api.MoveLeaderRequest;
import io.etcd.jetcd.api.MoveLeaderResponse;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.StatusRequest;
import io.etcd.jetcd.api.TxnRequest;
import io.grpc.StatusException;
import io.hasupervisor.cluster.EtcdSettings;
import io.hasupervisor.observe.ClientTls;
import io.hasupervisor.observe.ProbeTarget.HttpCredentials;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One connection to one member's gRPC API, kept between questions and made anew by itself. Calls
 * block, end at their deadline, and can be interrupted; any number may be made at the same time.
 */
public final class EtcdChannel implements MemberApi, AutoCloseable {
  /** The key that etcdctl reads, too; it need not exist. */
  private static final ByteString HEALTH = ByteString.copyFromUtf8("health");

  /** Keys below a prefix that are read at most. */
  static final int MOST_KEYS = 256;

  /**
   * {@code linearizable} of etcd 3.5's request, which jetcd does not know; earlier servers ignore
   * it.
   */
  private static final UnknownFieldSet LINEARIZABLE =
      UnknownFieldSet.newBuilder()
          .addField(1, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
          .build();

  private final KeptLink link;

  private EtcdChannel(KeptLink link) {
    this.link = link;
  }

  /**
   * Nothing is connected yet; certificates are read anew when they change.
   *
   * @param url {@code http://host:port} or https
   * @param tls used for https; without it, the JDK's authorities are trusted
   * @throws IllegalArgumentException when it is no such URL
   */
  public static EtcdChannel to(String url, Optional<EtcdSettings.Tls> tls) {
    Endpoint endpoint =
        Endpoint.parse(url).orElseThrow(() -> new IllegalArgumentException("not a URL: " + url));
    return new EtcdChannel(
        new KeptLink(
            endpoint,
            endpoint.secure() ? Optional.of(new ClientTls(credentials(tls))) : Optional.empty()));
  }

  /** The same files for requests over HTTP. */
  static HttpCredentials credentials(Optional<EtcdSettings.Tls> tls) {
    return tls.map(
            files ->
                new HttpCredentials(
                    Optional.of(files.ca()),
                    Optional.of(files.certificate()),
                    Optional.of(files.key()),
                    Optional.empty(),
                    false))
        .orElse(HttpCredentials.NONE);
  }

  /** E1: a read that goes through consensus. */
  @Override
  public Answer<Header> read(Duration deadline) throws InterruptedException {
    return link.ask(deadline, call -> range(call, false));
  }

  /** E2: a read of this member's own store. */
  @Override
  public Answer<Header> readLocal(Duration deadline) throws InterruptedException {
    return link.ask(deadline, call -> range(call, true));
  }

  private static Header range(KeptLink.Call call, boolean local) throws StatusException, NotEtcd {
    RangeRequest request =
        RangeRequest.newBuilder().setKey(HEALTH).setSerializable(local).setKeysOnly(true).build();
    try {
      return Messages.header(call.kv().range(request).getHeader());
    } catch (StatusException e) {
      if (Refusal.ofKeyOnly(e.getStatus())) {
        // The refusal does not say whose it is.
        return status(call).header();
      }
      throw e;
    }
  }

  /** E3. */
  @Override
  public Answer<StatusSeen> status(Duration deadline) throws InterruptedException {
    return link.ask(deadline, EtcdChannel::status);
  }

  private static StatusSeen status(KeptLink.Call call) throws StatusException, NotEtcd {
    StatusSeen seen =
        Messages.status(call.maintenance().status(StatusRequest.getDefaultInstance()));
    call.link().version(seen.version());
    return seen;
  }

  /** The member list; through consensus where the version can. */
  @Override
  public Answer<MemberList> members(Duration deadline) throws InterruptedException {
    return link.ask(
        deadline,
        call -> {
          String version = call.link().version();
          if (version.isEmpty()) {
            version = status(call).version();
          }
          return Messages.members(
              call.cluster()
                  .memberList(
                      MemberListRequest.newBuilder().setUnknownFields(LINEARIZABLE).build()),
              Messages.linearizableLists(version));
        });
  }

  /** What lies below a prefix, read through consensus; the first 256 keys. */
  @Override
  public Answer<Map<String, Stored>> list(String prefix, Duration deadline)
      throws InterruptedException {
    return list(prefix, deadline, false);
  }

  /** The same as this member has it, also without quorum: of unknown age. */
  public Answer<Map<String, Stored>> ownList(String prefix, Duration deadline)
      throws InterruptedException {
    return list(prefix, deadline, true);
  }

  private Answer<Map<String, Stored>> list(String prefix, Duration deadline, boolean local)
      throws InterruptedException {
    ByteString from = ByteString.copyFromUtf8(prefix);
    RangeRequest request =
        RangeRequest.newBuilder()
            .setKey(from)
            .setRangeEnd(Messages.behind(from))
            .setLimit(MOST_KEYS)
            .setSerializable(local)
            .build();
    return link.ask(
        deadline,
        call -> {
          Map<String, Stored> values = new LinkedHashMap<>();
          for (KeyValue pair : call.kv().range(request).getKvsList()) {
            values.put(pair.getKey().toStringUtf8(), Messages.stored(pair));
          }
          return values;
        });
  }

  @Override
  public Answer<Stored> get(String key, Duration deadline) throws InterruptedException {
    RangeRequest request = RangeRequest.newBuilder().setKey(ByteString.copyFromUtf8(key)).build();
    return link.ask(deadline, call -> Messages.stored(call.kv().range(request).getKvsList()));
  }

  /** One transaction: it compares and sets, or reads what is there instead. */
  @Override
  public Answer<Swap> compareAndSet(String key, long expected, byte[] value, Duration deadline)
      throws InterruptedException {
    TxnRequest request = Messages.compareAndSet(key, expected, value);
    return link.ask(deadline, call -> Messages.swap(call.kv().txn(request)));
  }

  /**
   * Moves the leadership to another member. Only the leader does that, so it must be this one; it
   * answers once the other one leads, with a header that is empty.
   */
  public Answer<EtcdId> moveLeader(EtcdId to, Duration deadline) throws InterruptedException {
    MoveLeaderRequest request = MoveLeaderRequest.newBuilder().setTargetID(to.bits()).build();
    return link.ask(
        deadline,
        call -> {
          MoveLeaderResponse _ = call.maintenance().moveLeader(request);
          return to;
        });
  }

  /** Writes a key. */
  @Override
  public Answer<Header> put(String key, byte[] value, Duration deadline)
      throws InterruptedException {
    PutRequest request =
        PutRequest.newBuilder()
            .setKey(ByteString.copyFromUtf8(key))
            .setValue(ByteString.copyFrom(value))
            .build();
    return link.ask(deadline, call -> Messages.header(call.kv().put(request).getHeader()));
  }

  /** Removes a key. */
  public Answer<Header> delete(String key, Duration deadline) throws InterruptedException {
    DeleteRangeRequest request =
        DeleteRangeRequest.newBuilder().setKey(ByteString.copyFromUtf8(key)).build();
    return link.ask(deadline, call -> Messages.header(call.kv().deleteRange(request).getHeader()));
  }

  /** A snapshot of the database, as fast as its reader takes it, over a connection of its own. */
  public SnapshotStream snapshot() {
    return new GrpcSnapshot(link::another);
  }

  /** Calls under way fail. */
  @Override
  public void close() {
    link.close();
  }
}
