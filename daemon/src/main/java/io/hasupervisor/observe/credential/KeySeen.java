package io.hasupervisor.observe.credential;

import java.util.Set;

/**
 * A private key; nothing of it is in here.
 *
 * @param fits key ids of those public keys, seen with it, that verify what it signs
 */
public record KeySeen(KeyStrength key, Set<String> fits) {
  public KeySeen {
    fits = Set.copyOf(fits);
  }
}
