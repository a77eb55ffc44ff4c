package io.hasupervisor.observe.etcd;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.ClusterGrpc;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.MaintenanceGrpc;
import io.etcd.jetcd.api.Member;
import io.etcd.jetcd.api.MemberListRequest;
import io.etcd.jetcd.api.MemberListResponse;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.PutResponse;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.ResponseHeader;
import io.etcd.jetcd.api.SnapshotRequest;
import io.etcd.jetcd.api.SnapshotResponse;
import io.etcd.jetcd.api.StatusRequest;
import io.etcd.jetcd.api.StatusResponse;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A gRPC server on loopback that speaks etcd's API and says what it is told to. */
public final class FakeMember implements AutoCloseable {
  public static final EtcdId CLUSTER = new EtcdId(0xc1);

  /** How a call of this kind fails; absent: it succeeds. */
  public final Map<String, Status> failures = new ConcurrentHashMap<>();

  /** Kinds that are never answered. */
  final List<String> hanging = new CopyOnWriteArrayList<>();

  public final Map<String, ByteString> keys = new ConcurrentHashMap<>();
  final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
  final AtomicInteger piecesSent = new AtomicInteger();
  final AtomicInteger snapshotsCancelled = new AtomicInteger();
  volatile ResponseHeader header;
  volatile String version = "3.4.23";
  volatile long leader = 1;
  volatile int pieces = 3;
  volatile boolean stalls;
  volatile List<MemberSeen> members = List.of();
  volatile Optional<MemberListRequest> listed = Optional.empty();
  private final Server server;

  private FakeMember(long id, int port, Optional<SslContext> tls) throws IOException {
    header = header(CLUSTER.bits(), id);
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .addService(new Keys())
            .addService(new Maintenance())
            .addService(new Lists());
    tls.ifPresent(builder::sslContext);
    server = builder.build().start();
  }

  public static FakeMember start(long id) throws IOException {
    return new FakeMember(id, 0, Optional.empty());
  }

  static FakeMember start(long id, int port) throws IOException {
    return new FakeMember(id, port, Optional.empty());
  }

  static FakeMember secured(long id, SslContext tls) throws IOException {
    return new FakeMember(id, 0, Optional.of(tls));
  }

  static ResponseHeader header(long cluster, long member) {
    return ResponseHeader.newBuilder()
        .setClusterId(cluster)
        .setMemberId(member)
        .setRevision(7)
        .setRaftTerm(2)
        .build();
  }

  int port() {
    return server.getPort();
  }

  public String url() {
    return "http://127.0.0.1:" + port();
  }

  int calls(String kind) {
    return calls.getOrDefault(kind, new AtomicInteger()).get();
  }

  private <T> void answer(String kind, StreamObserver<T> to, T answer) {
    calls.computeIfAbsent(kind, _ -> new AtomicInteger()).incrementAndGet();
    if (hanging.contains(kind)) {
      return;
    }
    if (failures.containsKey(kind)) {
      to.onError(failures.get(kind).asException());
      return;
    }
    to.onNext(answer);
    to.onCompleted();
  }

  private final class Keys extends KVGrpc.KVImplBase {
    @Override
    public void range(RangeRequest request, StreamObserver<RangeResponse> to) {
      RangeResponse.Builder response = RangeResponse.newBuilder().setHeader(header);
      String kind = request.getSerializable() ? "local" : "read";
      if (!request.getRangeEnd().isEmpty()) {
        kind = request.getSerializable() ? "own list" : "list";
        keys.forEach(
            (key, value) ->
                response.addKvs(
                    KeyValue.newBuilder()
                        .setKey(ByteString.copyFromUtf8(key))
                        .setValue(value)
                        .setModRevision(7)));
      }
      answer(kind, to, response.build());
    }

    @Override
    public void put(PutRequest request, StreamObserver<PutResponse> to) {
      keys.put(request.getKey().toStringUtf8(), request.getValue());
      answer("put", to, PutResponse.newBuilder().setHeader(header).build());
    }
  }

  private final class Maintenance extends MaintenanceGrpc.MaintenanceImplBase {
    @Override
    public void status(StatusRequest request, StreamObserver<StatusResponse> to) {
      answer(
          "status",
          to,
          StatusResponse.newBuilder()
              .setHeader(header)
              .setVersion(version)
              .setLeader(leader)
              .setRaftIndex(9)
              .setRaftAppliedIndex(9)
              .build());
    }

    @Override
    public void snapshot(SnapshotRequest request, StreamObserver<SnapshotResponse> to) {
      ServerCallStreamObserver<SnapshotResponse> stream =
          (ServerCallStreamObserver<SnapshotResponse>) to;
      ByteString blob = ByteString.copyFrom(new byte[32 * 1024]);
      stream.setOnCancelHandler(snapshotsCancelled::incrementAndGet);
      stream.setOnReadyHandler(
          () -> {
            while (stream.isReady() && piecesSent.get() < pieces) {
              int sent = piecesSent.incrementAndGet();
              stream.onNext(
                  SnapshotResponse.newBuilder()
                      .setBlob(blob)
                      .setRemainingBytes((pieces - sent) * 32L * 1024)
                      .build());
              if (sent == pieces && !stalls) {
                stream.onCompleted();
              }
            }
          });
    }
  }

  private final class Lists extends ClusterGrpc.ClusterImplBase {
    @Override
    public void memberList(MemberListRequest request, StreamObserver<MemberListResponse> to) {
      listed = Optional.of(request);
      MemberListResponse.Builder response = MemberListResponse.newBuilder().setHeader(header);
      for (MemberSeen member : members) {
        response.addMembers(
            Member.newBuilder()
                .setID(member.id().bits())
                .setName(member.name())
                .addAllPeerURLs(member.peerUrls())
                .addAllClientURLs(member.clientUrls())
                .setIsLearner(member.learner()));
      }
      answer("members", to, response.build());
    }
  }

  @Override
  public void close() {
    stop();
  }

  /** As a member that dies. */
  void stop() {
    try {
      boolean _ = server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
