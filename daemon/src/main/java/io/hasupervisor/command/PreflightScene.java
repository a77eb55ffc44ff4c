package io.hasupervisor.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hasupervisor.cluster.Addresses;
import io.hasupervisor.control.ControlClient;
import io.hasupervisor.control.ControlFailure;
import io.hasupervisor.control.Reply;
import io.hasupervisor.control.Request;
import io.hasupervisor.control.cli.Terminal;
import io.hasupervisor.host.Identity;
import io.hasupervisor.observe.hostfiles.HostPaths;
import io.hasupervisor.observe.hostfiles.Kernel;
import io.hasupervisor.observe.preflight.DaemonSeen;
import io.hasupervisor.observe.preflight.NameSeen;
import io.hasupervisor.publish.Rendering;
import io.hasupervisor.publish.Version;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What a preflight needs of the world; a seam for tests.
 *
 * @param user effective user id; 0 is root
 * @param version of this program
 * @param addresses of this host's interfaces without those of loopback, in their one form
 * @param limit longest time for all looks together
 */
record PreflightScene(
    int user,
    Terminal terminal,
    String version,
    HostPaths paths,
    Kernel kernel,
    NameSeen.Resolver resolver,
    Supplier<Set<String>> addresses,
    Duration limit) {
  private static final Duration LIMIT = Duration.ofSeconds(12);
  private static final Duration DAEMON = Duration.ofSeconds(3);

  /** That of this process. */
  static PreflightScene ofProcess() {
    return new PreflightScene(
        Identity.user(),
        Terminal.ofProcess(),
        Version.current(),
        HostPaths.ofThisHost(),
        Kernel.ofThisHost(),
        InetAddress::getAllByName,
        PreflightScene::own,
        LIMIT);
  }

  private static Set<String> own() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
          .map(address -> Addresses.canonical(address.getHostAddress().replaceFirst("%.*", "")))
          .collect(Collectors.toSet());
    } catch (SocketException e) {
      return Set.of();
    }
  }

  /** Asks the daemon at its control socket. */
  DaemonSeen daemon(Path socket) {
    try {
      Reply reply = new ControlClient(socket, DAEMON).ask(new Request.GetStatus(Rendering.JSON));
      return new DaemonSeen.Runs(
          new ObjectMapper().readTree(reply.body()).path("version").asText("unknown"));
    } catch (ControlFailure e) {
      return new DaemonSeen.Silent(e.text());
    } catch (JsonProcessingException e) {
      return new DaemonSeen.Silent("what it says of itself is no JSON");
    }
  }
}
