import io.etcd.jetcd.api.ClusterGrpc;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.DeleteRangeResponse;
import io.etcd.jetcd.api.KVGrpc;
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
import com.google.protobuf.ByteString;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.net.InetSocketAddress;

/**
 * One member of etcd that is always well, for training where there is no etcd.
 * Use: java -cp ha-supervisor-all.jar Etcd.java PORT
 */
final class Etcd {
  private static final ResponseHeader HEADER =
      ResponseHeader.newBuilder().setClusterId(2).setMemberId(1).setRevision(9).setRaftTerm(3).build();

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", port))
        .addService(new Keys())
        .addService(new Members("http://127.0.0.1:" + port))
        .addService(new Maintenance())
        .build()
        .start()
        .awaitTermination();
  }

  private static final class Keys extends KVGrpc.KVImplBase {
    @Override
    public void range(RangeRequest request, StreamObserver<RangeResponse> to) {
      answer(to, RangeResponse.newBuilder().setHeader(HEADER).build());
    }

    @Override
    public void put(PutRequest request, StreamObserver<PutResponse> to) {
      answer(to, PutResponse.newBuilder().setHeader(HEADER).build());
    }

    @Override
    public void deleteRange(DeleteRangeRequest request, StreamObserver<DeleteRangeResponse> to) {
      answer(to, DeleteRangeResponse.newBuilder().setHeader(HEADER).build());
    }
  }

  private static final class Members extends ClusterGrpc.ClusterImplBase {
    private final Member member;

    Members(String url) {
      member = Member.newBuilder().setID(1).setName("training").addClientURLs(url).addPeerURLs(url).build();
    }

    @Override
    public void memberList(MemberListRequest request, StreamObserver<MemberListResponse> to) {
      answer(to, MemberListResponse.newBuilder().setHeader(HEADER).addMembers(member).build());
    }
  }

  private static final class Maintenance extends MaintenanceGrpc.MaintenanceImplBase {
    @Override
    public void status(StatusRequest request, StreamObserver<StatusResponse> to) {
      answer(
          to,
          StatusResponse.newBuilder()
              .setHeader(HEADER)
              .setVersion("3.4.23")
              .setLeader(1)
              .setDbSize(65536)
              .setRaftIndex(9)
              .setRaftAppliedIndex(9)
              .setRaftTerm(3)
              .build());
    }

    @Override
    public void snapshot(SnapshotRequest request, StreamObserver<SnapshotResponse> to) {
      for (int left = 3; left >= 0; left--) {
        to.onNext(
            SnapshotResponse.newBuilder()
                .setHeader(HEADER)
                .setBlob(ByteString.copyFrom(new byte[4096]))
                .setRemainingBytes(left * 4096L)
                .build());
      }
      to.onCompleted();
    }
  }

  private static <T> void answer(StreamObserver<T> to, T message) {
    to.onNext(message);
    to.onCompleted();
  }
}
