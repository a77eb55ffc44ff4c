package io.hasupervisor.command;

import io.hasupervisor.yaml.Scalar;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an operator says of a master when he sets it up, not yet checked.
 *
 * @param address empty where none was given and the masters do not tell
 * @param masters addresses by name
 * @param token of etcd's static bootstrap, or {@code discovery} in its place
 */
record FirstConfig(
    String profile,
    String name,
    String address,
    Map<String, String> masters,
    Optional<String> loadBalancer,
    Optional<String> serviceCidr,
    Optional<String> podCidr,
    Optional<String> token,
    Optional<String> discovery) {
  private static final Pattern BARE = Pattern.compile("[A-Za-z0-9._/:@=,+%-]+");

  FirstConfig {
    masters = Collections.unmodifiableMap(new LinkedHashMap<>(masters));
  }

  /** The same cluster, as another of its masters sees it. */
  FirstConfig on(String other) {
    return new FirstConfig(
        profile,
        other,
        masters.getOrDefault(other, ""),
        masters,
        loadBalancer,
        serviceCidr,
        podCidr,
        token,
        discovery);
  }

  /** A file for {@code conf.d}. */
  String text() {
    List<String> lines = new ArrayList<>();
    lines.add("# Written by ha-supervisor init: equal on all masters, save node.");
    lines.add("# ha-supervisor.yaml explains every key, and holds more of them.");
    lines.add("node:");
    lines.add("  name: " + scalar(name));
    if (!address.isEmpty()) {
      lines.add("  address: " + scalar(address));
    }
    lines.add("cluster:");
    lines.add("  masters:");
    masters.forEach((each, ip) -> lines.add("    " + scalar(each) + ": " + scalar(ip)));
    loadBalancer.ifPresent(host -> lines.add("  load-balancer: " + scalar(host)));
    serviceCidr.ifPresent(range -> lines.add("  service-cidr: " + scalar(range)));
    podCidr.ifPresent(range -> lines.add("  pod-cidr: " + scalar(range)));
    if (token.isPresent() || discovery.isPresent()) {
      lines.add("  etcd:");
    }
    token.ifPresent(word -> lines.add("    token: " + scalar(word)));
    discovery.ifPresent(url -> lines.add("    discovery: " + scalar(url)));
    lines.add("manifests:");
    lines.add("  profile: " + scalar(profile));
    return String.join("\n", lines) + "\n";
  }

  /** A name that happens to be "none" is still a name. */
  private static String scalar(String text) {
    return text.equals("none") ? "'none'" : Scalar.of(text);
  }

  /** The command that says all of it again. */
  String command() {
    List<String> words = new ArrayList<>(List.of("ha-supervisor", "init"));
    words.addAll(List.of("--profile", profile, "--node-name", name));
    if (!address.isEmpty()) {
      words.addAll(List.of("--node-ip", address));
    }
    List<String> pairs =
        masters.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
    words.addAll(List.of("--masters", String.join(",", pairs)));
    words.addAll(List.of("--load-balancer", loadBalancer.orElse("none")));
    serviceCidr.ifPresent(range -> words.addAll(List.of("--service-cidr", range)));
    podCidr.ifPresent(range -> words.addAll(List.of("--pod-cidr", range)));
    token.ifPresent(word -> words.addAll(List.of("--token", word)));
    discovery.ifPresent(url -> words.addAll(List.of("--discovery", url)));
    return String.join(" ", words.stream().map(FirstConfig::inShell).toList());
  }

  private static String inShell(String word) {
    return BARE.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
