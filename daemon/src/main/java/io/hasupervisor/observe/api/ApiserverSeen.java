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
 */
public record ApiserverSeen(
    String master,
    String url,
    boolean own,
    ApiAnswer live,
    ApiAnswer ready,
    ApiAnswer etcd,
    Optional<String> certificate) {}
