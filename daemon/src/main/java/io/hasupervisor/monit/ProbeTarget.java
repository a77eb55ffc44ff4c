package io.hasupervisor.monit;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** What a connection of monit's becomes. */
sealed interface ProbeTarget {
  /** GET, over a unix socket or a port. */
  record Http(String url, Optional<String> socket) implements ProbeTarget {}

  /** A connection to a port. */
  record Tcp(String host, int port) implements ProbeTarget {}

  /** A connection to a unix socket. */
  record Unix(String socket) implements ProbeTarget {}

  /** Empty where there is none, such as for UDP or a wrong port. */
  static Optional<ProbeTarget> of(Connection connection) {
    if (connection.has("url")) {
      return connection.value("url").flatMap(ProbeTarget::withoutUser).map(url -> web(url, ""));
    }
    Optional<String> socket = connection.value("unixsocket");
    String path = connection.value("request").orElse("/");
    if (socket.isPresent()) {
      if (!socket.get().startsWith("/")) {
        return Optional.empty();
      }
      return connection.isHttp()
          ? url("http://localhost" + rooted(path)).map(url -> web(url, socket.get()))
          : Optional.of(new Unix(socket.get()));
    }
    String host = connection.value("host").orElse("localhost");
    int port =
        connection
            .value("port")
            .filter(it -> it.matches("[0-9]{1,5}"))
            .map(Integer::valueOf)
            .filter(it -> it >= 1 && it <= 65535)
            .orElse(0);
    if (port == 0) {
      return Optional.empty();
    }
    if (connection.isHttp()) {
      String scheme = connection.isSecure() ? "https" : "http";
      return url(scheme + "://" + bracketed(host) + ":" + port + rooted(path))
          .map(url -> web(url, ""));
    }
    return host.matches("[A-Za-z0-9.-]{1,253}|[0-9A-Fa-f:.]{2,45}")
        ? Optional.of(new Tcp(host, port))
        : Optional.empty();
  }

  private static ProbeTarget web(String url, String socket) {
    return new Http(url, Optional.of(socket).filter(it -> !it.isEmpty()));
  }

  private static String rooted(String path) {
    return path.startsWith("/") ? path : "/" + path;
  }

  static String bracketed(String host) {
    return host.contains(":") ? "[" + host + "]" : host;
  }

  /** As a URL that our configuration takes. */
  private static Optional<String> url(String text) {
    try {
      URI url = new URI(text.replace(" ", "%20"));
      boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      return web && url.getHost() != null && url.getRawFragment() == null
          ? Optional.of(url.toString())
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> withoutUser(String text) {
    return url(text.replaceFirst("(?<=://)[^/@]*@", ""));
  }

  /** Whether a URL names a user, and with him his password. */
  static boolean hasUser(String url) {
    return url.matches("[^/]*://[^/]*@.*");
  }
}
