package io.hasupervisor.observe.etcd;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;

/**
 * One gRPC connection. One that has failed is not used again: gRPC would wait up to two minutes
 * before it connects anew, and answer from memory until then.
 */
final class GrpcLink {
  /** etcdctl's {@code --dial-timeout}. */
  private static final int CONNECT_MILLIS = 2000;

  /** etcd sends a snapshot in pieces of 32 KiB; all else is smaller, or not meant for us. */
  private static final int LARGEST_MESSAGE = 1024 * 1024;

  /** What may be on its way before it is read: bounds what a snapshot takes of the memory. */
  private static final int WINDOW = 256 * 1024;

  /** Held, for else its level would be forgotten: failures are answers, not lines of a log. */
  private static final Logger LOG = Logger.getLogger("io.grpc");

  static {
    LOG.setLevel(Level.SEVERE);
  }

  private final ManagedChannel channel;
  private final Optional<SSLContext> tls;
  private volatile String version = "";
  private volatile boolean answered;
  private int users;
  private boolean retired;

  private GrpcLink(ManagedChannel channel, Optional<SSLContext> tls) {
    this.channel = channel;
    this.tls = tls;
  }

  /** Connects with the first call. */
  static GrpcLink to(Endpoint endpoint, Optional<SSLContext> tls) {
    NettyChannelBuilder builder =
        NettyChannelBuilder.forAddress(endpoint.host(), endpoint.port())
            .channelType(NioSocketChannel.class)
            .eventLoopGroup(Loop.SHARED)
            .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
            .flowControlWindow(WINDOW)
            .maxInboundMessageSize(LARGEST_MESSAGE)
            .directExecutor()
            // Looks up names, which nothing interrupts.
            .offloadExecutor(
                task -> Thread.ofPlatform().daemon().name("etcd-name-lookup").start(task))
            .disableRetry()
            .disableServiceConfigLookUp()
            .proxyDetector(_ -> null)
            .maxTraceEvents(0)
            .userAgent("ha-supervisor");
    if (tls.isPresent()) {
      builder.sslContext(alpn(tls.get()));
    } else {
      builder.usePlaintext();
    }
    return new GrpcLink(builder.build(), tls);
  }

  /** The JDK's TLS offering HTTP/2; the certificate must be for the host that is dialled. */
  private static JdkSslContext alpn(SSLContext context) {
    return new JdkSslContext(
        context,
        true,
        Http2SecurityUtil.CIPHERS,
        SupportedCipherSuiteFilter.INSTANCE,
        new ApplicationProtocolConfig(
            Protocol.ALPN,
            SelectorFailureBehavior.NO_ADVERTISE,
            SelectedListenerFailureBehavior.ACCEPT,
            ApplicationProtocolNames.HTTP_2),
        ClientAuth.NONE,
        null,
        false);
  }

  ManagedChannel channel() {
    return channel;
  }

  /** The server's version, once it has told; a restarted server is another link. */
  String version() {
    return version;
  }

  void version(String told) {
    version = told;
  }

  /** Something of etcd's has come back. */
  void answered() {
    answered = true;
  }

  /**
   * Whether TLS is all that can have gone wrong when it was closed: a server of TLS 1.3 refuses a
   * certificate after the client's handshake has ended, and only one of the calls under way is told
   * why.
   */
  boolean barelyGreeted() {
    return tls.isPresent() && !answered;
  }

  /** Counts a user in, unless it has failed or has other certificates. */
  synchronized boolean take(Optional<SSLContext> now) {
    if (retired || !now.equals(tls)) {
      return false;
    }
    users++;
    return true;
  }

  /** Counts a user out. */
  synchronized void leave() {
    users--;
    closeUnused();
  }

  /** No new user; closed when the last one is gone. */
  synchronized void retire() {
    retired = true;
    closeUnused();
  }

  /** Calls under way fail, later ones too. */
  synchronized void kill() {
    retired = true;
    ManagedChannel _ = channel.shutdownNow();
  }

  private void closeUnused() {
    if (retired && users == 0) {
      ManagedChannel _ = channel.shutdownNow();
    }
  }

  /** The one thread behind all connections of the process. */
  private static final class Loop {
    static final EventLoopGroup SHARED =
        new MultiThreadIoEventLoopGroup(
            1, Thread.ofPlatform().daemon().name("etcd-io").factory(), NioIoHandler.newFactory());
  }
}
