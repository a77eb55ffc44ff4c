package io.hasupervisor.cluster;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Which credentials are looked at, and when their end is near.
 *
 * @param directory {@code /srv/kubernetes} or {@code /etc/kubernetes/pki}
 * @param warnBefore so long before a certificate's end a warning is given
 * @param criticalBefore so long before a certificate's end it is critical
 */
public record CredentialSettings(Path directory, Duration warnBefore, Duration criticalBefore) {}
