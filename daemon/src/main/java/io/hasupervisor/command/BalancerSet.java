package io.hasupervisor.command;

import io.hasupervisor.cluster.Addresses;
import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.cluster.ManifestSettings;
import io.hasupervisor.cluster.ManifestSettings.Wanted;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.decide.manifest.BalancerFiles;
import io.hasupervisor.decide.manifest.Renderer;
import io.hasupervisor.decide.manifest.Rendering;
import io.hasupervisor.observe.manifest.Template;
import io.hasupervisor.observe.manifest.TemplateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of a load balancer by name: configurations, and static pods that use them.
 *
 * @param addressed whether keepalived is among them: it needs an IP address to hold
 */
record BalancerSet(Map<String, String> files, boolean addressed) {
  private static final Map<String, String> IMAGES =
      Map.of("haproxy", "haproxy:3.2", "keepalived", "osixia/keepalived:2.0.20");

  /**
   * Reads the templates and renders them.
   *
   * @param templates directory of the shipped ones
   * @throws IOException where one cannot be read or filled; the message is for people
   */
  static BalancerSet of(Master master, Path templates, BalancerFiles.Vrrp vrrp) throws IOException {
    boolean addressed =
        master.cluster().loadBalancer().filter(it -> Addresses.isAddress(it.host())).isPresent();
    List<String> programs = addressed ? List.of("haproxy", "keepalived") : List.of("haproxy");
    Map<String, String> files = new LinkedHashMap<>();
    for (String program : programs) {
      String file = program.equals("haproxy") ? "haproxy.cfg" : "keepalived.conf";
      files.put(file, text(master, templates.resolve(file), vrrp));
    }
    pods(master, templates, programs).forEach(pod -> files.put(pod.file(), pod.text()));
    return new BalancerSet(files, addressed);
  }

  private static String text(Master master, Path template, BalancerFiles.Vrrp vrrp)
      throws IOException {
    try {
      return BalancerFiles.render(master, vrrp, read(wanted(master, template)));
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static Template read(Wanted wanted) throws IOException {
    return TemplateFiles.read(List.of(wanted)).getFirst();
  }

  private static List<Manifest> pods(Master master, Path templates, List<String> programs)
      throws IOException {
    ManifestSettings settings = master.manifests();
    List<Wanted> wanted =
        programs.stream().map(name -> wanted(master, templates.resolve(name + ".yaml"))).toList();
    Master other =
        master.with(
            new ManifestSettings(
                settings.directory(),
                wanted,
                settings.enforce(),
                settings.quarantine(),
                settings.docker()));
    return switch (Renderer.render(other, TemplateFiles.read(wanted))) {
      case Rendering.Done done -> done.manifests();
      case Rendering.Refused refused ->
          throw new IOException(FindingText.of(refused.findings()).strip());
    };
  }

  /** With the image that the configuration has for it, else one that is known to work. */
  private static Wanted wanted(Master master, Path template) {
    String name = template.getFileName().toString().replaceFirst("\\..*", "");
    Optional<String> image =
        master.manifests().wanted().stream()
            .filter(each -> each.name().equals(name))
            .flatMap(each -> each.image().stream())
            .findFirst();
    return new Wanted(
        name,
        template,
        Optional.of(image.orElse(IMAGES.getOrDefault(name, ""))),
        List.of(),
        List.of());
  }
}
