package io.hasupervisor.control;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jnr.unixsocket.UnixSocketChannel;
import jnr.unixsocket.UnixSocketOptions;
import org.tinylog.Logger;

/**
 * One connection: one request, one reply. Blocks in native calls, so it needs a platform thread.
 *
 * @param patience longest time for sending the request, and for taking the reply
 * @param handlerPatience longest time the daemon may take
 */
record Conversation(
    UnixSocketChannel channel,
    Access access,
    Handler handler,
    Duration patience,
    Duration handlerPatience) {

  private static final int SLICE_MILLIS = 100;

  /** So many times the handler's patience is the longest that one may ask for. */
  private static final int LONGEST = 30;

  void hold() {
    try (channel) {
      channel.setOption(UnixSocketOptions.SO_RCVTIMEO, SLICE_MILLIS);
      channel.setOption(UnixSocketOptions.SO_SNDTIMEO, SLICE_MILLIS);
      Access.Peer peer = access.peer(channel.getOption(UnixSocketOptions.SO_PEERCRED));
      send(reply(peer));
    } catch (IOException e) {
      Logger.debug("control connection ended early: {}", e.getMessage());
    }
  }

  private Reply reply(Access.Peer peer) throws IOException {
    Optional<String> refusal = access.refusal(peer);
    if (refusal.isPresent()) {
      Logger.warn("control socket: refused {}", peer);
      return Reply.refused(refusal.get());
    }
    Request request;
    try {
      request = Wire.decode(readLine());
    } catch (IOException e) {
      Logger.warn("control socket: unreadable request of {}: {}", peer, e.getMessage());
      return new Reply(2, "request not understood: " + e.getMessage());
    }
    log(request, peer);
    return answer(request, peer);
  }

  private static void log(Request request, Access.Peer peer) {
    switch (request) {
      case Request.GetStatus _,
          Request.GetCluster _,
          Request.GetEvents _,
          Request.Explain _,
          Request.ShowIncident _,
          Request.GetLock _,
          Request.GetRolling _,
          Request.MayStart _ ->
          Logger.debug("control socket: {} of {}", request, peer);
      case Request.Start _,
          Request.Stop _,
          Request.Restart _,
          Request.Retry _,
          Request.Hold _,
          Request.Release _,
          Request.PlaceManifests _,
          Request.AcceptRestore _,
          Request.BreakLock _,
          Request.FreezeLock _,
          Request.UnfreezeLock _,
          Request.RestartRolling _,
          Request.StopRolling _,
          Request.Reboot _,
          Request.Reload _ ->
          Logger.info("control socket: {} of {}", request, peer);
    }
  }

  private Reply answer(Request request, Access.Peer peer) {
    try {
      CompletableFuture<Reply> reply = handler.handle(request, peer.user());
      long end = System.nanoTime() + patience(request).toNanos();
      return request instanceof Request.Reboot && hungUp(reply, end)
          ? Reply.refused("whoever asked has hung up")
          : reply.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return Reply.refused(
          "the daemon did not answer in "
              + patience(request).toSeconds()
              + "s; the order may still be carried out; see: ha-supervisor events");
    } catch (ExecutionException | RuntimeException e) {
      Logger.error(e, "control socket: {} of {} failed", request, peer);
      return Reply.refused("the daemon failed at this; see: journalctl -u ha-supervisor");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Reply.refused("the daemon is stopping");
    }
  }

  /**
   * Waits for the reply until {@code end} by the JVM's own clock, and takes the order back where
   * its client is gone before: who pressed Ctrl-C does not expect that the host reboots a minute
   * later.
   */
  private boolean hungUp(CompletableFuture<Reply> reply, long end) {
    ByteBuffer rest = ByteBuffer.allocate(64);
    while (!reply.isDone() && System.nanoTime() - end < 0) {
      try {
        if (channel.read(rest.clear()) < 0) {
          return reply.cancel(false);
        }
      } catch (IOException e) {
        return reply.cancel(false);
      }
    }
    return false;
  }

  /** Whoever says himself how long he waits is answered in that time, or soon after it. */
  private Duration patience(Request request) {
    return switch (request) {
      case Request.MayStart may -> asked(may.patience());
      // And the init system has to take it over.
      case Request.Reboot reboot -> asked(reboot.patience()).plus(handlerPatience.multipliedBy(3));
      // They ask etcd, and an etcd without quorum is slow to say so.
      case Request.BreakLock _,
          Request.FreezeLock _,
          Request.UnfreezeLock _,
          Request.RestartRolling _,
          Request.StopRolling _ ->
          handlerPatience.multipliedBy(2);
      default -> handlerPatience;
    };
  }

  private Duration asked(Duration patience) {
    Duration longest = handlerPatience.multipliedBy(LONGEST);
    return handlerPatience.plus(patience.compareTo(longest) < 0 ? patience : longest);
  }

  private String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(4096);
    long end = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < end) {
      int count = channel.read(buffer.clear());
      if (count < 0) {
        throw new IOException("it ends without a line end");
      }
      for (buffer.flip(); buffer.hasRemaining(); ) {
        byte next = buffer.get();
        if (next == '\n') {
          return line.toString(StandardCharsets.UTF_8);
        }
        line.write(next);
      }
      if (line.size() >= Wire.REQUEST_LIMIT) {
        throw new IOException("it is longer than " + Wire.REQUEST_LIMIT + " bytes");
      }
    }
    throw new IOException("it did not come within " + patience.toSeconds() + "s");
  }

  /** Drains what the client still sends: closing with unread bytes would destroy the reply. */
  private void send(Reply reply) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Wire.encode(reply).getBytes(StandardCharsets.UTF_8));
    long end = System.nanoTime() + patience.toNanos();
    while (bytes.hasRemaining() && System.nanoTime() < end) {
      if (channel.write(bytes) < 0) {
        throw new IOException("the client is gone");
      }
    }
    channel.shutdownOutput();
    ByteBuffer rest = ByteBuffer.allocate(64 * 1024);
    for (int n = 0; n < 32 && System.nanoTime() < end && channel.read(rest.clear()) > 0; n++) {
      rest.flip();
    }
  }
}
