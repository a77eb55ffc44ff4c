package io.hasupervisor.observe.preflight;

import io.hasupervisor.observe.TimeLimit;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** What a name is resolved to on this host. */
public sealed interface NameSeen {
  String name();

  /** IP addresses in their one form. */
  record Found(String name, List<String> addresses) implements NameSeen {
    public Found {
      addresses = List.copyOf(addresses);
    }
  }

  /** Nobody knows it. */
  record Unknown(String name) implements NameSeen {}

  /** The resolver did not answer. */
  record NoAnswer(String name, Duration within) implements NameSeen {}

  /** Looks names up. A seam for tests. */
  @FunctionalInterface
  interface Resolver {
    InetAddress[] addresses(String name) throws UnknownHostException;
  }

  /** By the host's own rules: /etc/hosts, DNS and what else nsswitch.conf names. */
  static NameSeen look(String name, Duration limit) throws InterruptedException {
    return look(name, limit, InetAddress::getAllByName);
  }

  /** Answers a second after {@code limit} at the latest, though a look-up takes no interrupt. */
  static NameSeen look(String name, Duration limit, Resolver resolver) throws InterruptedException {
    try {
      return TimeLimit.within(limit, "name " + name, () -> resolved(name, resolver));
    } catch (TimeoutException e) {
      return new NoAnswer(name, limit);
    }
  }

  private static NameSeen resolved(String name, Resolver resolver) {
    try {
      return new Found(
          name,
          Arrays.stream(resolver.addresses(name))
              .map(InetAddress::getHostAddress)
              .distinct()
              .toList());
    } catch (UnknownHostException e) {
      return new Unknown(name);
    }
  }
}
