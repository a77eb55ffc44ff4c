package io.hasupervisor.cluster;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * This host as a worker, as configured: no etcd and no manifests of masters.
 *
 * @param apiserver URL by which its kubelet reaches the apiservers: the load balancer's; empty:
 *     what the kubelet's own configuration says
 * @param ca authority of the apiservers where the kubelet's kubeconfig names none; empty: looked
 *     for where hosts have one
 */
public record Worker(Optional<URI> apiserver, Optional<Path> ca) {}
