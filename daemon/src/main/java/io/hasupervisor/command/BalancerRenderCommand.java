package io.hasupervisor.command;

import io.hasupervisor.cluster.Cluster.LoadBalancer;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.control.cli.ExitCodes;
import io.hasupervisor.decide.manifest.BalancerFiles;
import io.hasupervisor.loop.Plan;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

@Command(
    name = "render",
    description = {
      "Print the configurations of haproxy and keepalived that make a load balancer of these"
          + " masters, or of hosts before them, and static pods that run them; or write them into"
          + " files.",
      "haproxy asks each master GET /readyz over TLS, so that one whose etcd is out gets no"
          + " traffic. Nothing is placed: the next steps are told."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  ha-supervisor balancer render | less",
      "  ha-supervisor balancer render --output /tmp/balancer && haproxy -c -f"
          + " /tmp/balancer/haproxy.cfg"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {ExitCodes.DONE, ExitCodes.REFUSED, "2:wrong usage", ExitCodes.BAD_CONFIG})
final class BalancerRenderCommand extends MasterCommand {
  private static final Pattern INTERFACE = Pattern.compile("[A-Za-z0-9._@-]{1,15}");

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Write the files into DIR, with mode 0600; it is made if it is missing.")
  Optional<Path> output = Optional.empty();

  @Option(
      names = "--interface",
      paramLabel = "NAME",
      description =
          "Network interface that is to hold the address; default: the one with node.address.")
  Optional<String> networkInterface = Optional.empty();

  @Option(
      names = "--router-id",
      paramLabel = "N",
      description =
          "1 to 255, unlike that of any other VRRP router in this network; default: the last byte"
              + " of the load balancer's address.")
  Optional<Integer> routerId = Optional.empty();

  @Override
  int run(Plan plan, Master master, Path stateDir) throws IOException {
    if (master.cluster().loadBalancer().isEmpty()) {
      return failed(
          "cluster.load-balancer is none: set it to the address that clients are to use, which no"
              + " host has yet, and a port other than the apiserver's, as 10.0.0.10:8443");
    }
    LoadBalancer balancer = master.cluster().loadBalancer().get();
    Path templates =
        config.toAbsolutePath().resolveSibling("manifests").resolve("balancer").normalize();
    BalancerSet set =
        BalancerSet.of(
            master,
            templates,
            new BalancerFiles.Vrrp(nameOfInterface(master), idOfRouter(balancer.host())));
    if (output.isPresent()) {
      new OutputDirectory(output.get(), master.manifests().directory()).write(set.files(), out());
    } else {
      set.files()
          .forEach(
              (name, text) -> {
                out().println("# ---- " + name);
                out().print(text);
              });
    }
    out().flush();
    // On standard error, so that the files alone go into a pipe.
    BalancerSteps.of(master, set, output).forEach(err()::println);
    return 0;
  }

  private String nameOfInterface(Master master) throws IOException {
    if (networkInterface.isPresent()) {
      if (!INTERFACE.matcher(networkInterface.get()).matches()) {
        throw new ParameterException(spec.commandLine(), "--interface takes a name such as eth0");
      }
      return networkInterface.get();
    }
    NetworkInterface found =
        NetworkInterface.getByInetAddress(InetAddress.ofLiteral(master.node().address()));
    if (found == null) {
      throw new IOException(
          "no network interface of this host has "
              + master.node().address()
              + ", its node.address: tell which one is to hold the load balancer's address with"
              + " --interface");
    }
    return found.getName();
  }

  private int idOfRouter(String host) {
    if (routerId.filter(id -> id < 1 || id > 255).isPresent()) {
      throw new ParameterException(spec.commandLine(), "--router-id takes a number from 1 to 255");
    }
    return routerId.orElseGet(() -> lastByte(host));
  }

  private static int lastByte(String host) {
    try {
      byte[] address = InetAddress.ofLiteral(host).getAddress();
      return Math.max(1, address[address.length - 1] & 0xff);
    } catch (IllegalArgumentException e) {
      return 1;
    }
  }
}
