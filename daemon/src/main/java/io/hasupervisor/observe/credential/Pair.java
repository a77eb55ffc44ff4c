package io.hasupervisor.observe.credential;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A certificate and its key.
 *
 * @param issuer file of the authorities of which one must have signed it; empty for an authority
 * @param keyNeed may differ from {@code need} where the key can be kept elsewhere
 * @param fails what no longer works without it, as in "then {@code fails} fails"
 */
public record Pair(
    Role role,
    Path certificate,
    Path key,
    Optional<Path> issuer,
    Need need,
    Need keyNeed,
    String fails) {

  /** Whether the kubelet renews it by itself, and so rather late in its life. */
  public boolean renewsItself() {
    return certificate.toString().endsWith("-current.pem");
  }
}
