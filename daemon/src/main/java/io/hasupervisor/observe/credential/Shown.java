package io.hasupervisor.observe.credential;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a server showed in a handshake, not yet tried with our authorities.
 *
 * @param chain its own certificate first; empty where it showed none
 */
public record Shown(
    ServedSeen.Service service, String address, List<Path> files, List<X509Certificate> chain) {
  public Shown {
    files = List.copyOf(files);
    chain = List.copyOf(chain);
  }

  ServedSeen seen(KeyRing ring) {
    return new ServedSeen(service, address, files, ring.seen(chain));
  }
}
