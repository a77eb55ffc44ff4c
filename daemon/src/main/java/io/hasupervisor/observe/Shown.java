package io.hasupervisor.observe;

import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * What a server showed of itself in a handshake.
 *
 * @param distrust why a client would refuse it, as a clause about it ("its certificate has
 *     expired"); empty: it is trusted
 */
public record Shown(X509Certificate certificate, Optional<String> distrust) {}
