package io.hasupervisor.observe.leader;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Records as apiservers of both eras give them. */
final class Records {
  static final String LEASE = text("lease.json");
  static final String ENDPOINTS = text("endpoints-2017.json");

  /** What an apiserver says of an object that is not there. */
  static final String NOT_FOUND =
      "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"reason\":\"NotFound\",\"code\":404}";

  /** What it says of a path that it does not know. */
  static final String NO_PATH = "404 page not found\n";

  private Records() {}

  private static String text(String name) {
    try (InputStream in = Objects.requireNonNull(Records.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
