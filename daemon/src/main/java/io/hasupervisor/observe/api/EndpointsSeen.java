package io.hasupervisor.observe.api;

import java.util.List;

/**
 * Addresses behind the service {@code kubernetes}, to which pods are led.
 *
 * @param known whether they could be read: it takes a permission that few have
 * @param addresses IP addresses in their one form
 */
public record EndpointsSeen(boolean known, List<String> addresses) {
  /** Not read, or not permitted. */
  public static final EndpointsSeen UNKNOWN = new EndpointsSeen(false, List.of());

  public EndpointsSeen {
    addresses = List.copyOf(addresses);
  }
}
