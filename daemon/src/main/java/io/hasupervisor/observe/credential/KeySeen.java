package io.hasupervisor.observe.credential;

import java.util.Optional;

/**
 * A private key; nothing of it is in here.
 *
 * @param fits key id of the public key, among those seen with it, that verifies what it signs
 */
public record KeySeen(KeyStrength key, Optional<String> fits) {

  /** Whether it is the private half of the public key with this id. */
  public boolean fits(String keyId) {
    return fits.filter(keyId::equals).isPresent();
  }
}
