package io.hasupervisor.control;

import io.hasupervisor.host.Posix;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import jnr.enxio.channels.NativeSelectorProvider;
import jnr.unixsocket.UnixServerSocketChannel;
import jnr.unixsocket.UnixSocketChannel;
import org.tinylog.Logger;

/** Takes commands on the control socket and hands them to the loop. */
public final class ControlServer implements AutoCloseable {
  private static final int AT_ONCE = 16;

  private final Path path;
  private final Object identity;
  private final UnixServerSocketChannel channel;
  private final Selector selector;
  private final Access access;
  private final Handler handler;
  private final Duration patience;
  private final Duration handlerPatience;
  private final Semaphore room = new Semaphore(AT_ONCE);
  private final Thread acceptor =
      Thread.ofPlatform().name("control").daemon().unstarted(this::acceptAll);
  private volatile boolean closing;

  private ControlServer(
      Path path,
      UnixServerSocketChannel channel,
      Selector selector,
      Access access,
      Handler handler,
      Duration patience,
      Duration handlerPatience)
      throws IOException {
    this.path = path;
    this.identity = identity(path);
    this.channel = channel;
    this.selector = selector;
    this.access = access;
    this.handler = handler;
    this.patience = patience;
    this.handlerPatience = handlerPatience;
  }

  /**
   * Binds and begins to take commands.
   *
   * @param group members of it may connect besides root and this user; it need not exist
   * @throws IOException when the socket cannot be bound safely; the message says what is in the way
   */
  public static ControlServer start(Path path, String group, Handler handler) throws IOException {
    return start(path, group, handler, Duration.ofSeconds(5), Duration.ofSeconds(10));
  }

  static ControlServer start(
      Path path, String group, Handler handler, Duration patience, Duration handlerPatience)
      throws IOException {
    Access access = new Access(group);
    UnixServerSocketChannel channel = SocketFile.bind(path, access, Posix.get());
    channel.configureBlocking(false);
    Selector selector = NativeSelectorProvider.getInstance().openSelector();
    channel.register(selector, SelectionKey.OP_ACCEPT);
    ControlServer server =
        new ControlServer(path, channel, selector, access, handler, patience, handlerPatience);
    server.acceptor.start();
    return server;
  }

  private void acceptAll() {
    try (selector;
        channel) {
      while (!closing) {
        acceptOne();
      }
    } catch (IOException e) {
      Logger.debug("control socket: {}", e.getMessage());
    }
  }

  private void acceptOne() {
    try {
      selector.select();
      selector.selectedKeys().clear();
      UnixSocketChannel connection = closing ? null : channel.accept();
      if (connection != null) {
        converse(connection);
      }
    } catch (IOException | RuntimeException e) {
      Logger.error(e, "control socket: cannot accept");
      pause();
    }
  }

  /** No file descriptor is free, most likely: to try at once again would only burn time. */
  private static void pause() {
    try {
      Thread.sleep(1000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void converse(UnixSocketChannel connection) throws IOException {
    if (!room.tryAcquire()) {
      connection.close();
      Logger.warn("control socket: {} connections at once, one more was closed", AT_ONCE);
      return;
    }
    Conversation conversation =
        new Conversation(connection, access, handler, patience, handlerPatience);
    Thread.ofPlatform()
        .name("control-connection")
        .daemon()
        .start(
            () -> {
              try {
                conversation.hold();
              } finally {
                room.release();
              }
            });
  }

  private static Object identity(Path path) throws IOException {
    return Objects.requireNonNull(
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey());
  }

  /** Takes no more commands; removes the socket unless another daemon has bound it meanwhile. */
  @Override
  public void close() {
    closing = true;
    selector.wakeup();
    try {
      acceptor.join(Duration.ofSeconds(2));
      if (identity(path).equals(identity)) {
        Files.delete(path);
      }
    } catch (IOException e) {
      Logger.debug("control socket: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
