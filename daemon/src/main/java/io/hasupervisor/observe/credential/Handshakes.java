package io.hasupervisor.observe.credential;

import io.hasupervisor.host.tls.TrustAll;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** Asks servers for their certificates, all at once, showing none and accepting any. */
public final class Handshakes {
  private Handshakes() {}

  /**
   * What each shows within {@code limit}. A server that refuses, is silent or breaks off before it
   * showed anything has an empty chain: that is no matter of credentials.
   */
  public static List<Shown> with(List<ServerPoint> points, Duration limit)
      throws InterruptedException {
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      List<Callable<List<X509Certificate>>> tasks =
          points.stream()
              .<Callable<List<X509Certificate>>>map(point -> () -> chain(point, limit))
              .toList();
      List<Future<List<X509Certificate>>> answers =
          threads.invokeAll(tasks, limit.toNanos(), TimeUnit.NANOSECONDS);
      List<Shown> shown = new ArrayList<>();
      for (int i = 0; i < points.size(); i++) {
        ServerPoint point = points.get(i);
        shown.add(
            new Shown(point.service(), point.address(), point.files(), chain(answers.get(i))));
      }
      return shown;
    } finally {
      // Not close: the resolver heeds no interrupt, and nobody waits for it.
      threads.shutdownNow();
    }
  }

  private static List<X509Certificate> chain(Future<List<X509Certificate>> answer)
      throws InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException | CancellationException e) {
      return List.of();
    }
  }

  private static List<X509Certificate> chain(ServerPoint point, Duration limit)
      throws IOException, GeneralSecurityException {
    Recorder recorder = new Recorder();
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {recorder}, null);
    int millis = Math.toIntExact(limit.toMillis());
    // In a virtual thread an interrupt closes such a socket, also while it connects.
    try (Socket plain = new Socket()) {
      plain.connect(
          new InetSocketAddress(InetAddress.getByName(point.host()), point.port()), millis);
      plain.setSoTimeout(millis);
      try (SSLSocket socket =
          (SSLSocket)
              context.getSocketFactory().createSocket(plain, point.host(), point.port(), true)) {
        socket.startHandshake();
      }
    } catch (IOException e) {
      if (recorder.shown.isEmpty()) {
        throw e;
      }
      // It wanted a certificate of ours, after it had shown its own.
    }
    return recorder.shown;
  }

  private static final class Recorder extends TrustAll {
    private volatile List<X509Certificate> shown = List.of();

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
      shown = List.of(chain);
    }
  }
}
