package io.hasupervisor.act;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What to save about one service before it is killed.
 *
 * @param signal sent to the main process to make it dump itself (dockerd: USR1 writes its
 *     goroutines to a file)
 * @param dumps file name patterns, such as {@code /run/docker/goroutine-stacks-*.log}; files
 *     written after the signal are moved into the incident
 * @param url fetched into the incident, such as kubelet's {@code /debug/pprof/goroutine?debug=2};
 *     its certificate is not checked, for a sick service may serve a wrong one
 * @param certificate client certificate and key for {@code url}
 * @param log a log file whose last lines are kept
 * @param journalLines lines of the unit's journal that are kept; 0: none
 */
public record EvidenceSpec(
    Optional<String> signal,
    List<String> dumps,
    Optional<URI> url,
    Optional<Path> certificate,
    Optional<Path> key,
    Optional<Path> log,
    int journalLines,
    Duration limit) {}
