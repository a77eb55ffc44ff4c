package io.hasupervisor.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the configuration takes from the host and from the command line.
 *
 * @param node the host's name: the default of {@code node}
 * @param hostId differs from host to host and stays the same on one, such as the machine id; it
 *     seeds the jitter
 * @param uid effective user: root trusts only root's files
 * @param stateDirectory in place of {@code state-directory}, whatever the files say
 * @param controlSocket in place of {@code control.socket}, whatever the files say
 */
public record Environment(
    String node,
    String hostId,
    long uid,
    Optional<Path> stateDirectory,
    Optional<Path> controlSocket) {}
