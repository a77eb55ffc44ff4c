package io.hasupervisor.observe;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a probe asks. */
public sealed interface ProbeTarget {

  /** Bytes of a body or of a command's output that are read at most. */
  int OUTPUT_LIMIT = 64 * 1024;

  /**
   * GET over TCP or, where {@code socket} is given, over that unix socket.
   *
   * @param statuses accepted status codes
   * @param bodyContains text that must be in the first {@link #OUTPUT_LIMIT} bytes of the body
   */
  record Http(
      URI uri,
      Optional<Path> socket,
      Set<Integer> statuses,
      Optional<String> bodyContains,
      HttpCredentials credentials)
      implements ProbeTarget {}

  /**
   * What an HTTPS or bearer-token request needs; files are read anew for each check, so that
   * renewed ones are used.
   *
   * @param insecure accept any certificate
   */
  record HttpCredentials(
      Optional<Path> ca,
      Optional<Path> certificate,
      Optional<Path> key,
      Optional<Path> bearerTokenFile,
      boolean insecure) {
    /** No credentials; the JDK's trust store for HTTPS. */
    public static final HttpCredentials NONE =
        new HttpCredentials(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);
  }

  /** Docker's own API through docker-java: {@code info}, and a container list of at most one. */
  record Docker(Path socket) implements ProbeTarget {}

  /** A TCP connection to host and port. */
  record Tcp(String host, int port) implements ProbeTarget {}

  /** A connection to a unix stream socket. */
  record UnixSocket(Path path) implements ProbeTarget {}

  /**
   * A command without a shell.
   *
   * @param argv absolute program first
   * @param exitCodes accepted ones
   */
  record Command(List<String> argv, Set<Integer> exitCodes) implements ProbeTarget {}

  /**
   * The service's main process: present, not a zombie, and not in uninterruptible sleep or stopped
   * state for long.
   */
  record MainProcess() implements ProbeTarget {}
}
