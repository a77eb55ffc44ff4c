package io.hasupervisor.config;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** IP addresses as literals: what a name means may change. */
final class Ip {
  private static final Pattern FORM = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

  /** One that other hosts can reach; IPv6 without brackets, in small letters. */
  static final Type<String> ADDRESS =
      Type.text(
              "an IP address such as 10.0.0.1 or fd00::1",
              text -> plain(text).map(_ -> text.toLowerCase(Locale.ROOT)))
          .where(
              text -> plain(text).filter(Ip::ofOneHost).isPresent(),
              "must be an address by which other hosts reach it, not a loopback, wildcard,"
                  + " link-local or multicast address");

  private Ip() {}

  /** The address that a literal means; empty for any other text. */
  static Optional<InetAddress> literal(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** IPv4 in four decimal numbers, or IPv6 without zone and brackets. */
  static Optional<InetAddress> plain(String text) {
    return Optional.of(text)
        .filter(t -> FORM.matcher(t).matches())
        .flatMap(Ip::literal)
        .filter(ip -> !(ip instanceof Inet4Address) || ip.getHostAddress().equals(text));
  }

  private static boolean ofOneHost(InetAddress ip) {
    return !ip.isLoopbackAddress()
        && !ip.isAnyLocalAddress()
        && !ip.isLinkLocalAddress()
        && !ip.isMulticastAddress();
  }
}
