package io.hasupervisor.config;

import io.hasupervisor.cluster.Addresses;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A host and a TCP port; IPv6 addresses stand in square brackets. */
record Address(String host, int port) {
  private static final Pattern FORM =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]{2,45})]|([A-Za-z0-9.-]{1,253})):([0-9]{1,5})");

  static final Type<Address> TYPE =
      Type.text("host:port or [IPv6]:port with a port from 1 to 65535", Address::parse);

  /** Where the read-only HTTP may listen. */
  static final Type<Address> LOOPBACK =
      TYPE.where(
          Address::isLoopback,
          "must be an address of 127.0.0.0/8 or [::1]: what is told there is meant for this host"
              + " alone, and nobody is asked who he is");

  /** Where load balancers may ask this host. */
  static final Type<Address> LITERAL =
      TYPE.where(
          it -> Ip.plain(it.host()).isPresent(),
          "must be an IP address of this host and a port, such as 10.0.0.1:9098");

  static Optional<Address> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String bracketed = matcher.group(1);
    String host = bracketed == null ? matcher.group(2) : bracketed;
    int port = Integer.parseInt(matcher.group(3));
    boolean good =
        port >= 1 && port <= 65535 && (bracketed == null || Ip.literal(host).isPresent());
    return good ? Optional.of(new Address(host, port)) : Optional.empty();
  }

  /** Literals only: what a name means may change. */
  private boolean isLoopback() {
    return Ip.literal(host)
        .filter(InetAddress::isLoopbackAddress)
        .filter(
            address -> !(address instanceof Inet4Address) || address.getHostAddress().equals(host))
        .isPresent();
  }

  /** As it would be written. */
  @Override
  public String toString() {
    return Addresses.inUrl(host) + ":" + port;
  }
}
