package io.hasupervisor.decide.manifest;

import io.hasupervisor.cluster.Addresses;
import io.hasupervisor.cluster.Cluster.LoadBalancer;
import io.hasupervisor.cluster.ManifestSettings.Wanted;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.observe.manifest.Template;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Configurations of haproxy and keepalived from templates: text of any kind, with the variables of
 * manifests and some of their own. Equal input gives equal bytes.
 */
public final class BalancerFiles {
  /** Nothing but one of the variables that stand for lines. */
  private static final Pattern LINES = Pattern.compile("(\\s*)\\$\\{(BACKENDS|PEERS)}\\s*");

  private static final int FULL_PRIORITY = 150;

  private final Map<String, String> words = new LinkedHashMap<>();
  private final Map<String, List<String>> lines;

  /**
   * What keepalived needs to know of this host.
   *
   * @param networkInterface that holds the load balancer's address when it is here
   * @param routerId 1 to 255, unlike any other in this network
   */
  public record Vrrp(String networkInterface, int routerId) {}

  private BalancerFiles(Master master, LoadBalancer balancer, Vrrp vrrp) {
    Wanted nothing = new Wanted("", Path.of("/"), Optional.empty(), List.of(), List.of());
    for (Variable variable : Variable.values()) {
      variable.value(master, nothing).ifPresent(value -> words.put(variable.name(), value));
    }
    List<Map.Entry<String, String>> masters = List.copyOf(master.cluster().masters().entrySet());
    List<String> names = masters.stream().map(Map.Entry::getKey).toList();
    words.put("BIND", bind(master, balancer));
    words.put("PRIORITY", "" + (FULL_PRIORITY - names.indexOf(master.node().name())));
    if (Addresses.isAddress(balancer.host())) {
      words.put("LOAD_BALANCER_ADDRESS", balancer.host());
    }
    words.put("INTERFACE", vrrp.networkInterface());
    words.put("ROUTER_ID", "" + vrrp.routerId());
    this.lines =
        Map.of(
            "BACKENDS",
            masters.stream()
                .map(
                    each ->
                        "server "
                            + each.getKey()
                            + " "
                            + Addresses.inUrl(each.getValue())
                            + ":"
                            + master.apiserverPort())
                .toList(),
            "PEERS",
            masters.stream()
                .filter(each -> !each.getKey().equals(master.node().name()))
                .map(Map.Entry::getValue)
                .toList());
  }

  /**
   * The text of a file.
   *
   * @param master has a load balancer configured
   * @throws IllegalArgumentException for a variable without a value, or that there is none such;
   *     the message names it and its line
   */
  public static String render(Master master, Vrrp vrrp, Template template) {
    LoadBalancer balancer =
        master
            .cluster()
            .loadBalancer()
            .orElseThrow(() -> new IllegalArgumentException("no load balancer is configured"));
    return new BalancerFiles(master, balancer, vrrp).render(template);
  }

  private String render(Template template) {
    List<String> made = new ArrayList<>();
    int number = 0;
    for (String line : template.text().lines().toList()) {
      number++;
      Matcher several = LINES.matcher(line);
      if (several.matches()) {
        lines.getOrDefault(several.group(2), List.of()).stream()
            .map(each -> several.group(1) + each)
            .forEach(made::add);
      } else {
        made.add(filled(template, number, line));
      }
    }
    return String.join("\n", made) + "\n";
  }

  private String filled(Template template, int number, String line) {
    return Filling.REFERENCE
        .matcher(line)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    Optional.ofNullable(words.get(found.group(1)))
                        .orElseThrow(
                            () ->
                                new IllegalArgumentException(
                                    template.file()
                                        + ":"
                                        + number
                                        + ": "
                                        + found.group()
                                        + " has no value here; there are: "
                                        + String.join(", ", known())))));
  }

  private List<String> known() {
    TreeSet<String> all = new TreeSet<>(words.keySet());
    all.addAll(lines.keySet());
    return List.copyOf(all);
  }

  /** On all addresses: the load balancer's own may be held by another host now. */
  private static String bind(Master master, LoadBalancer balancer) {
    boolean old =
        master.cluster().masters().values().stream().noneMatch(each -> each.contains(":"));
    return old ? "*:" + balancer.port() : "[::]:" + balancer.port() + " v4v6";
  }

  /**
   * Whether the load balancer has the port that the apiservers have: an apiserver listens on all
   * addresses of its host, and nobody else can have that port on any of them (measured: haproxy
   * 2.6, EADDRINUSE).
   */
  public static boolean sharesPort(Master master) {
    return master
        .cluster()
        .loadBalancer()
        .filter(it -> it.port() == master.apiserverPort())
        .isPresent();
  }
}
