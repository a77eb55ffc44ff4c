package io.hasupervisor.publish.http;

import io.hasupervisor.cluster.Addresses;
import java.util.Locale;

/**
 * Which Host headers are answered: names that mean this host by themselves. A web page that points
 * its own name at 127.0.0.1 (DNS rebinding) sends that name and is refused.
 */
final class HostRule {
  private HostRule() {}

  /**
   * Whether {@code host} is localhost, a loopback address or the address asked, with our port or
   * none.
   *
   * @param host value of the header
   * @param localAddress numeric address at which the request came in
   */
  static boolean allows(String host, String localAddress, int port) {
    String name = host.toLowerCase(Locale.ROOT);
    int colon = name.lastIndexOf(':');
    boolean bracketed = name.startsWith("[");
    boolean hasPort = colon >= 0 && (!bracketed || colon > name.lastIndexOf(']'));
    if (hasPort) {
      if (!name.substring(colon + 1).equals(Integer.toString(port))) {
        return false;
      }
      name = name.substring(0, colon);
    }
    return name.equals("localhost")
        || name.equals("[::1]")
        || name.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}")
        || name.equals(Addresses.inUrl(localAddress));
  }
}
