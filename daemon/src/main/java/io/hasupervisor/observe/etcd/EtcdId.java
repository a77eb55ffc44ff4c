package io.hasupervisor.observe.etcd;

import java.util.Optional;

/** The id of a member or of a cluster: 64 bits without sign, never 0. */
public record EtcdId(long bits) implements Comparable<EtcdId> {

  /** From etcd's JSON, which writes it in decimal. */
  public static Optional<EtcdId> decimal(String text) {
    return parse(text, 10);
  }

  /** From etcd's headers, logs, metrics and etcdctl, which write it in hexadecimal. */
  public static Optional<EtcdId> hex(String text) {
    return parse(text, 16);
  }

  private static Optional<EtcdId> parse(String text, int radix) {
    try {
      return of(Long.parseUnsignedLong(text, radix));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Empty for 0, which stands for "none" in etcd's messages. */
  public static Optional<EtcdId> of(long bits) {
    return bits == 0 ? Optional.empty() : Optional.of(new EtcdId(bits));
  }

  /** As in etcd's JSON. */
  public String decimal() {
    return Long.toUnsignedString(bits);
  }

  /** As etcdctl shows it. */
  @Override
  public String toString() {
    return Long.toUnsignedString(bits, 16);
  }

  @Override
  public int compareTo(EtcdId other) {
    return Long.compareUnsigned(bits, other.bits);
  }
}
