package io.hasupervisor.config;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A range of IP addresses, written as its first one and the length of what all have in common. */
record Cidr(InetAddress first, int prefix) {
  private static final Pattern FORM = Pattern.compile("([0-9A-Fa-f:.]{2,45})/([0-9]{1,3})");

  /**
   * One of at least 8 addresses: fewer the apiserver does not take.
   *
   * @param example completes "such as ..."
   */
  static Type<Cidr> type(String example) {
    return Type.text("a range of IP addresses such as " + example, Cidr::parse)
        .where(cidr -> cidr.bits() - cidr.prefix() >= 3, "must be a range of at least 8 addresses")
        .where(
            cidr ->
                cidr.number(cidr.first()).getLowestSetBit() >= cidr.bits() - cidr.prefix()
                    || cidr.number(cidr.first()).signum() == 0,
            "must begin with the first address of the range: the bits beyond the prefix are 0");
  }

  static Optional<Cidr> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int prefix = Integer.parseInt(matcher.group(2));
    return Ip.plain(matcher.group(1))
        .map(first -> new Cidr(first, prefix))
        .filter(cidr -> prefix >= 1 && prefix <= cidr.bits());
  }

  boolean contains(InetAddress ip) {
    return ip.getAddress().length == first.getAddress().length
        && number(ip).xor(number(first)).shiftRight(bits() - prefix).signum() == 0;
  }

  boolean overlaps(Cidr other) {
    return contains(other.first) || other.contains(first);
  }

  private int bits() {
    return first.getAddress().length * 8;
  }

  private BigInteger number(InetAddress ip) {
    return new BigInteger(1, ip.getAddress());
  }

  /** As it would be written. */
  @Override
  public String toString() {
    return first.getHostAddress() + "/" + prefix;
  }
}
