package io.hasupervisor.observe.credential;

import java.util.List;
import java.util.Optional;

/**
 * What a kubeconfig's current context says.
 *
 * @param server URL of the apiserver
 * @param host host in that URL; empty where it is no https URL
 * @param verifies whether the apiserver's certificate is verified
 * @param authorities embedded or in a file
 * @param client certificate and key, embedded or in files; empty where a token or nothing is shown
 */
public record KubeconfigSeen(
    String server,
    Optional<String> host,
    boolean verifies,
    Optional<FileSeen<List<CertificateSeen>>> authorities,
    Optional<PairSeen> client) {}
