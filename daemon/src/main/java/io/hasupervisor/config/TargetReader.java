package io.hasupervisor.config;

import io.hasupervisor.observe.ProbeTarget;
import io.hasupervisor.observe.ProbeTarget.HttpCredentials;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** What one probe asks. */
record TargetReader(Section section) {
  private static final Path DOCKER_SOCKET = Path.of("/var/run/docker.sock");

  ProbeTarget read(ProbeKeys.Kind type) {
    return switch (type) {
      case HTTP -> http();
      case DOCKER ->
          new ProbeTarget.Docker(section.get(ProbeKeys.UNIX_SOCKET).orElse(DOCKER_SOCKET));
      case TCP -> {
        Address address = section.get(ProbeKeys.ADDRESS);
        yield new ProbeTarget.Tcp(address.host(), address.port());
      }
      case UNIX -> unix();
      case COMMAND ->
          new ProbeTarget.Command(
              section.get(ProbeKeys.COMMAND), Set.copyOf(section.get(ProbeKeys.EXIT_CODES)));
      case PROCESS -> new ProbeTarget.MainProcess();
    };
  }

  private ProbeTarget unix() {
    Optional<Path> socket = section.get(ProbeKeys.UNIX_SOCKET);
    if (socket.isEmpty()) {
      section.reject(ProbeKeys.UNIX_SOCKET, "is needed for type unix");
    }
    return new ProbeTarget.UnixSocket(socket.orElse(DOCKER_SOCKET));
  }

  private ProbeTarget http() {
    URI url = section.get(ProbeKeys.URL);
    Optional<Path> socket = section.get(ProbeKeys.UNIX_SOCKET);
    boolean https = Url.isHttps(url);
    if (https && socket.isPresent()) {
      section.reject(
          ProbeKeys.UNIX_SOCKET, "needs an http url: there is no TLS over a unix socket");
    }
    return new ProbeTarget.Http(
        url,
        socket,
        Set.copyOf(section.get(ProbeKeys.STATUSES)),
        section.get(ProbeKeys.BODY_CONTAINS),
        credentials(https));
  }

  private HttpCredentials credentials(boolean https) {
    ClientCertificate.check(section, ProbeKeys.CERTIFICATE, ProbeKeys.KEY, https);
    boolean insecure = section.get(ProbeKeys.INSECURE);
    Optional<Path> ca = section.get(ProbeKeys.CA);
    Optional<Path> token = section.get(ProbeKeys.BEARER_TOKEN_FILE);
    if (!https) {
      needsHttps(ProbeKeys.CA, ca.isPresent());
      needsHttps(ProbeKeys.INSECURE, insecure);
      needsHttps(ProbeKeys.BEARER_TOKEN_FILE, token.isPresent());
    } else if (insecure && ca.isPresent()) {
      section.reject(ProbeKeys.INSECURE, "and ca exclude each other");
    }
    return new HttpCredentials(
        ca, section.get(ProbeKeys.CERTIFICATE), section.get(ProbeKeys.KEY), token, insecure);
  }

  private void needsHttps(Key<?> key, boolean present) {
    if (present) {
      section.reject(key, "needs an https url");
    }
  }
}
