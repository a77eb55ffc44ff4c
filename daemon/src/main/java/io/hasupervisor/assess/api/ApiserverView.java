package io.hasupervisor.assess.api;

import java.time.Duration;

/**
 * One apiserver as this host judges it.
 *
 * @param since monotonic time since which {@code state} holds
 * @param why a few words: what makes it this state
 * @param cause what is behind it, as part of a sentence; empty where nothing else is
 */
public record ApiserverView(
    String master,
    String url,
    boolean own,
    ApiserverState state,
    Duration since,
    String why,
    String cause) {}
