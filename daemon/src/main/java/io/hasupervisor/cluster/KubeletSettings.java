package io.hasupervisor.cluster;

import java.nio.file.Path;

/**
 * Where the kubelet is told of its manifest directory.
 *
 * @param config {@code /etc/default/kubelet} with {@code --config} or {@code --pod-manifest-path}
 *     (seed), {@code /var/lib/kubelet/config.yaml} with {@code staticPodPath} (modern)
 */
public record KubeletSettings(Path config) {}
