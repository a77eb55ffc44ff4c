package io.hasupervisor.observe.etcd;

import io.etcd.jetcd.api.MaintenanceGrpc;
import io.etcd.jetcd.api.SnapshotRequest;
import io.etcd.jetcd.api.SnapshotResponse;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import io.hasupervisor.observe.Excerpt;
import io.hasupervisor.observe.etcd.SnapshotStream.Piece;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A snapshot over a connection of its own: what its reader has not taken yet would otherwise fill
 * the window that all questions share.
 */
final class GrpcSnapshot implements SnapshotStream {
  private final Connect connect;
  private Optional<Running> running = Optional.empty();
  private boolean closed;

  /** Connects with the first piece. */
  GrpcSnapshot(Connect connect) {
    this.connect = connect;
  }

  /** Makes the connection. */
  interface Connect {
    GrpcLink link() throws IOException;
  }

  private record Running(GrpcLink link, BlockingClientCall<?, SnapshotResponse> call) {
    static Running over(GrpcLink link) {
      return new Running(
          link,
          MaintenanceGrpc.newBlockingV2Stub(link.channel())
              .snapshot(SnapshotRequest.getDefaultInstance()));
    }
  }

  @Override
  public Optional<Piece> next(Duration stall) throws IOException, InterruptedException {
    try {
      SnapshotResponse response = call().read(stall.toNanos(), TimeUnit.NANOSECONDS);
      return response == null
          ? Optional.empty()
          : Optional.of(new Piece(response.getBlob().toByteArray(), response.getRemainingBytes()));
    } catch (StatusException e) {
      throw new IOException(Refusal.of(e.getStatus(), stall).detail());
    } catch (TimeoutException e) {
      throw new IOException("nothing more of it came within " + Excerpt.of(stall));
    }
  }

  private synchronized BlockingClientCall<?, SnapshotResponse> call() throws IOException {
    if (closed) {
      throw new IOException("the snapshot is closed");
    }
    if (running.isEmpty()) {
      running = Optional.of(Running.over(connect.link()));
    }
    return running.get().call();
  }

  @Override
  public synchronized void close() {
    closed = true;
    running.map(Running::link).ifPresent(GrpcLink::kill);
  }
}
