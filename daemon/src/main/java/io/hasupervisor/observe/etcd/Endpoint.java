package io.hasupervisor.observe.etcd;

import io.hasupervisor.cluster.Addresses;
import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;

/**
 * Where a member listens, as its client or peer URL says.
 *
 * @param host without the brackets around an IPv6 address
 */
public record Endpoint(boolean secure, String host, int port) {
  private static final int LONGEST = 300;

  /** Empty for all that is not {@code http(s)://host:port} with nothing behind it. */
  public static Optional<Endpoint> parse(String url) {
    if (url.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      URI uri = URI.create(url);
      boolean secure = "https".equalsIgnoreCase(uri.getScheme());
      if ((!secure && !"http".equalsIgnoreCase(uri.getScheme()))
          || uri.getHost() == null
          || uri.getPort() < 1
          || uri.getPort() > 65535
          || uri.getRawUserInfo() != null
          || uri.getRawQuery() != null
          || uri.getRawFragment() != null
          || uri.getRawPath().length() > 1) {
        return Optional.empty();
      }
      return Optional.of(
          new Endpoint(secure, uri.getHost().replaceAll("[\\[\\]]", ""), uri.getPort()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A loopback or unspecified address: asked from another host it would be that host itself. */
  boolean here() {
    return here(host);
  }

  /** The same of an address or name. */
  public static boolean here(String host) {
    try {
      InetAddress address = InetAddress.ofLiteral(host);
      return address.isLoopbackAddress() || address.isAnyLocalAddress();
    } catch (IllegalArgumentException e) {
      return host.equalsIgnoreCase("localhost");
    }
  }

  /** With this path behind it. */
  URI at(String path) {
    String written = Addresses.inUrl(host);
    return URI.create((secure ? "https://" : "http://") + written + ":" + port + path);
  }
}
