package io.hasupervisor.publish;

import java.time.Instant;

/** One change of state or reason of one service, as shown by {@code GET /events}. */
public record ServiceEvent(
    long seq, Instant at, String service, String from, String to, String because, String reason) {}
