package io.hasupervisor.assess.preflight;

import static io.hasupervisor.assess.preflight.Check.Result.FAILED;
import static io.hasupervisor.assess.preflight.Check.Result.WARNING;

import io.hasupervisor.cluster.Addresses;
import io.hasupervisor.cluster.Cluster.LoadBalancer;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.observe.Excerpt;
import io.hasupervisor.observe.preflight.NameSeen;
import io.hasupervisor.yaml.Quote;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether names lead where the configuration says, and this host has the name it should have. */
public final class NameRule {
  private NameRule() {}

  /** Names that are to be looked up: those of all masters, and the load balancer's. */
  public static List<String> names(Master master) {
    List<String> names = new ArrayList<>(master.cluster().masters().keySet());
    master
        .cluster()
        .loadBalancer()
        .map(LoadBalancer::host)
        .filter(host -> !Addresses.isAddress(host) && !names.contains(host))
        .ifPresent(names::add);
    return List.copyOf(names);
  }

  /**
   * All that is to be said of names.
   *
   * @param override the kubelet's {@code --hostname-override}
   */
  public static List<Check> checks(
      Master master, List<NameSeen> seen, String hostName, Optional<String> override) {
    List<Check> checks = new ArrayList<>();
    checks.add(host(master, hostName, override));
    List<String> right = new ArrayList<>();
    for (NameSeen name : seen) {
      Optional<Check> wrong =
          wrong(
              name,
              Optional.ofNullable(master.cluster().masters().get(name.name())),
              name.name().equals(master.node().name()));
      wrong.ifPresentOrElse(checks::add, () -> right.add(name.name()));
    }
    if (!right.isEmpty()) {
      checks.add(
          Check.ok(Area.NAMES, "", "resolved as they should be: " + String.join(", ", right)));
    }
    return checks;
  }

  /** The kubelet takes the host's name, in lower case, for the node's: pods are named after it. */
  private static Check host(Master master, String hostName, Optional<String> override) {
    String node = master.node().name();
    String used = override.orElse(hostName).toLowerCase(Locale.ROOT);
    if (!used.equals(node.toLowerCase(Locale.ROOT))) {
      return new Check(
          Area.NAMES,
          "HOST_NAME_DIFFERS",
          FAILED,
          Quote.bare(override.orElse(hostName)),
          "the kubelet takes this for the node's name, and the configuration calls it %s: its"
                  .formatted(node)
              + " pods are not found under that name",
          override.isPresent()
              ? "write --hostname-override="
                  + node
                  + " where the kubelet's flags are, and restart it"
              : "hostnamectl set-hostname "
                  + Quote.word(node)
                  + " && ha-supervisor restart kubelet");
    }
    if (override.isEmpty() && !hostName.equals(hostName.toLowerCase(Locale.ROOT))) {
      return new Check(
          Area.NAMES,
          "HOST_NAME_UPPER_CASE",
          WARNING,
          Quote.bare(hostName),
          "has capitals, and Kubernetes calls the node by small letters alone",
          "hostnamectl set-hostname " + Quote.word(hostName.toLowerCase(Locale.ROOT)));
    }
    return Check.ok(Area.NAMES, used, "is this host's name and the node's");
  }

  private static Optional<Check> wrong(NameSeen seen, Optional<String> address, boolean own) {
    return switch (seen) {
      case NameSeen.Found found -> {
        boolean right =
            address.isEmpty()
                || found.addresses().contains(Addresses.canonical(address.get()))
                // Debian gives a host's own name 127.0.1.1; the kubelet passes over such addresses.
                || (own && found.addresses().stream().allMatch(NameRule::loopback));
        yield right
            ? Optional.empty()
            : Optional.of(
                warning(
                    "NAME_OTHER_ADDRESS",
                    seen.name(),
                    "is resolved to %s, and the configuration says %s"
                        .formatted(String.join(", ", found.addresses()), address.get()),
                    hosts(seen.name(), address.get())));
      }
      case NameSeen.Unknown _ ->
          Optional.of(
              warning(
                  "NAME_UNKNOWN",
                  seen.name(),
                  "is not resolved on this host",
                  hosts(seen.name(), address.orElse("ADDRESS"))));
      case NameSeen.NoAnswer none ->
          Optional.of(
              warning(
                  "NAME_NO_ANSWER",
                  seen.name(),
                  "is not resolved within " + Excerpt.of(none.within()) + ": the resolver hangs",
                  "mend the servers in /etc/resolv.conf, or: "
                      + hosts(seen.name(), address.orElse("ADDRESS"))));
    };
  }

  private static boolean loopback(String address) {
    return address.startsWith("127.") || address.equals("0:0:0:0:0:0:0:1");
  }

  private static Check warning(String code, String subject, String text, String cure) {
    return new Check(Area.NAMES, code, WARNING, subject, text, cure);
  }

  /** At the beginning, for the first line with a name counts. */
  private static String hosts(String name, String address) {
    return "sed -i '1i %s %s' /etc/hosts".formatted(address, name);
  }
}
