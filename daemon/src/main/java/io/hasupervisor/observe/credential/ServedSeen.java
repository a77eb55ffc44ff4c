package io.hasupervisor.observe.credential;

import java.nio.file.Path;
import java.util.List;

/**
 * What a server shows in a handshake.
 *
 * @param files where the certificate that it should show may be, the first that exists counts
 * @param chain its own certificate first; empty where nothing was shown, for whatever reason
 */
public record ServedSeen(
    Service service, String address, List<Path> files, List<CertificateSeen> chain) {
  public ServedSeen {
    files = List.copyOf(files);
    chain = List.copyOf(chain);
  }

  /** Who answers there. */
  public enum Service {
    APISERVER("apiserver"),
    ETCD("etcd"),
    ETCD_PEER("etcd's peer port"),
    KUBELET("kubelet");

    private final String words;

    Service(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }
}
