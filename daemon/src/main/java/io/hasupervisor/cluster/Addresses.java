package io.hasupervisor.cluster;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** IP addresses as text, in one form each, so that they can be compared; no name is looked up. */
public final class Addresses {
  private Addresses() {}

  /** An IP address in its one form, anything else in lower case. */
  public static String canonical(String host) {
    return literal(host).map(InetAddress::getHostAddress).orElse(host.toLowerCase(Locale.ROOT));
  }

  /** Whether {@code host} is an IP address rather than a name. */
  public static boolean isAddress(String host) {
    return literal(host).isPresent();
  }

  /** A host as it stands in a URL: an IPv6 address in brackets. */
  public static String inUrl(String host) {
    return host.indexOf(':') < 0 ? host : "[" + host + "]";
  }

  /** A URL's host without the brackets around an IPv6 address. */
  public static String ofUrl(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /**
   * The first address after the network's own, in its one form: the apiserver's service address.
   */
  public static Optional<String> first(String cidr) {
    int slash = cidr.indexOf('/');
    return literal(slash < 0 ? cidr : cidr.substring(0, slash))
        .flatMap(network -> plusOne(network.getAddress()));
  }

  private static Optional<String> plusOne(byte[] network) {
    byte[] sum = new BigInteger(1, network).add(BigInteger.ONE).toByteArray();
    byte[] next = new byte[network.length];
    int length = Math.min(sum.length, next.length);
    System.arraycopy(sum, sum.length - length, next, next.length - length, length);
    try {
      return Arrays.equals(next, new byte[next.length])
          ? Optional.empty()
          : Optional.of(InetAddress.getByAddress(next).getHostAddress());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes", e);
    }
  }

  private static Optional<InetAddress> literal(String host) {
    // The JDK takes 10.96 for 10.0.0.96, as old systems did; nobody means that.
    if (host.indexOf(':') < 0 && host.chars().filter(c -> c == '.').count() != 3) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
