package io.hasupervisor.observe.api;

import java.util.Optional;

/**
 * One master's apiserver in one round.
 *
 * @param master the node's name
 * @param url asked, without a path: its own address, never the load balancer's
 * @param own whether it is this host's
 * @param live {@code /livez}, or {@code /healthz} where that is not known
 * @param ready {@code /readyz}; NotAsked for others and for old ones
 * @param etcd {@code /healthz/etcd}; asked where {@code live} or {@code ready} fails
 * @param certificate SHA-256 of the certificate that it showed, in hexadecimal
 * @param roundsAgo how many rounds ago it was asked; 0: in this one. What is older is no news
 */
public record ApiserverSeen(
    String master,
    String url,
    boolean own,
    ApiAnswer live,
    ApiAnswer ready,
    ApiAnswer etcd,
    Optional<String> certificate,
    int roundsAgo) {

  /** Asked in this round. */
  public ApiserverSeen(
      String master,
      String url,
      boolean own,
      ApiAnswer live,
      ApiAnswer ready,
      ApiAnswer etcd,
      Optional<String> certificate) {
    this(master, url, own, live, ready, etcd, certificate, 0);
  }

  /** The same a round later. */
  ApiserverSeen older() {
    return new ApiserverSeen(master, url, own, live, ready, etcd, certificate, roundsAgo + 1);
  }

  /** Whether nothing that was asked went wrong. */
  boolean well() {
    return good(live) && (good(ready) || ready instanceof ApiAnswer.NotAsked);
  }

  private static boolean good(ApiAnswer answer) {
    return answer instanceof ApiAnswer.Well || answer instanceof ApiAnswer.Denied;
  }
}
