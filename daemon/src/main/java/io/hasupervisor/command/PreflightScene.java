package io.hasupervisor.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
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
 * @param addresses by which others may reach this host, in their one form
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

  /** No other host reaches such an interface: docker's bridges, and those of networks of pods. */
  private static final String OF_PODS =
      "docker\\d+|br-[0-9a-f]{12}|cni\\d+|flannel.*|veth.*|cali.*|kube-.*|virbr\\d+";

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
          .filter(each -> !each.getName().matches(OF_PODS))
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
      JsonNode status = new ObjectMapper().readTree(reply.body());
      return new DaemonSeen.Runs(
          status.path("version").asText("unknown"), status.hasNonNull("controlPlane"));
    } catch (ControlFailure e) {
      return new DaemonSeen.Silent(e.text());
    } catch (JsonProcessingException e) {
      return new DaemonSeen.Silent("what it says of itself is no JSON");
    }
  }
}
