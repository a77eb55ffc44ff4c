package io.hasupervisor.observe.worker;

import io.hasupervisor.cluster.Addresses;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * Address of an apiserver or of what stands before several, as its clients write it; equal ones
 * lead to the same place.
 *
 * @param host in small letters, an IPv6 address without brackets
 * @param port also where it was left out
 */
public record ServerUrl(String scheme, String host, int port) {

  /** Empty for anything but http and https with a host and perhaps a port. */
  public static Optional<ServerUrl> parse(String text) {
    try {
      URI uri = new URI(text);
      String scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
      boolean web = scheme.equals("http") || scheme.equals("https");
      boolean bare =
          uri.getRawQuery() == null
              && uri.getRawFragment() == null
              && uri.getRawUserInfo() == null
              && Optional.ofNullable(uri.getRawPath()).orElse("").matches("/?");
      if (!web || !bare || uri.getHost() == null || uri.getPort() > 65535) {
        return Optional.empty();
      }
      String host = uri.getHost().replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT);
      int port = uri.getPort() > 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
      return Optional.of(new ServerUrl(scheme, host, port));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** The host as in a URL. */
  public String bracketed() {
    return Addresses.inUrl(host);
  }

  /** With its port, whether it is the usual one or not. */
  public URI uri(String path) {
    return URI.create(scheme + "://" + bracketed() + ":" + port + path);
  }

  @Override
  public String toString() {
    return scheme + "://" + bracketed() + ":" + port;
  }
}
