package io.hasupervisor.assess.manifest;

import io.hasupervisor.cluster.Addresses;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Scheme, host and port of a URL in a flag; the host of an IPv6 address is without brackets. */
record Endpoint(String scheme, String host, int port) {
  private static final Pattern URL =
      Pattern.compile("(https?|unixs?)://(\\[[0-9a-fA-F:.]+]|[^:/\\s]+):(\\d{1,5})(/.*)?");

  /** Every URL of a list with commas; what is none is left out. */
  static List<Endpoint> all(String urls) {
    return Arrays.stream(urls.split(",", 100)).map(Endpoint::of).flatMap(Optional::stream).toList();
  }

  static Optional<Endpoint> of(String url) {
    Matcher matcher = URL.matcher(url.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String host = matcher.group(2).replaceAll("[\\[\\]]", "");
    return Optional.of(new Endpoint(matcher.group(1), host, Integer.parseInt(matcher.group(3))));
  }

  /** Whether something that listens here is found at {@code other}. */
  boolean serves(Endpoint other) {
    return port == other.port
        && (wildcard() || host.equals(other.host) || (loopback() && other.loopback()));
  }

  boolean wildcard() {
    return host.equals("0.0.0.0") || host.equals("::");
  }

  boolean loopback() {
    return host.startsWith("127.") || host.equals("localhost") || host.equals("::1");
  }

  @Override
  public String toString() {
    return scheme + "://" + Addresses.inUrl(host) + ":" + port;
  }
}
