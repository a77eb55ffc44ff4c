package io.hasupervisor.config;

import io.hasupervisor.cluster.Addresses;
import io.hasupervisor.cluster.ApiserverSettings;
import io.hasupervisor.cluster.Cluster;
import io.hasupervisor.cluster.Master.Node;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How apiservers are watched, and whether what is said of it fits together.
 *
 * @param otherwise what holds where nothing is said
 */
record ApiserverReader(Section section, ApiserverSettings otherwise, Node node, Cluster cluster) {

  ApiserverSettings read() {
    ClientCertificate.check(section, ApiserverKeys.CERTIFICATE, ApiserverKeys.KEY, true);
    return new ApiserverSettings(
        section.get(ApiserverKeys.URL).url().map(this::own).orElse(otherwise.local()),
        section.get(ApiserverKeys.CA).or(otherwise::ca),
        section.get(ApiserverKeys.CERTIFICATE),
        section.get(ApiserverKeys.KEY),
        section.get(ApiserverKeys.BEARER_TOKEN_FILE),
        kubeconfigs(),
        section.get(ApiserverKeys.PERIOD));
  }

  /** Another's taken for the own one would be judged by this host's containers. */
  private URI own(URI url) {
    String host = Url.host(url);
    cluster
        .otherAt(host, node)
        .ifPresent(
            name ->
                section.reject(
                    ApiserverKeys.URL, "is on " + name + ": name the apiserver of this host"));
    if (cluster.loadBalancer().filter(it -> Addresses.canonical(it.host()).equals(host)).isPresent()
        && !Addresses.canonical(node.address()).equals(host)) {
      section.reject(
          ApiserverKeys.URL,
          "is the load balancer's address, which leads to any master: name the apiserver of this"
              + " host by its own");
    }
    return URI.create(url.getScheme() + "://" + url.getRawAuthority());
  }

  private Map<String, Path> kubeconfigs() {
    Section written = section.section(ApiserverKeys.KUBECONFIGS, ApiserverKeys.KUBECONFIGS_SHAPE);
    Map<String, Path> all = new TreeMap<>(otherwise.kubeconfigs());
    put(all, written, ApiserverKeys.SCHEDULER);
    put(all, written, ApiserverKeys.CONTROLLER_MANAGER);
    return all;
  }

  private static void put(Map<String, Path> all, Section written, Key<Optional<Path>> key) {
    written.get(key).ifPresent(file -> all.put(key.name(), file));
  }
}
