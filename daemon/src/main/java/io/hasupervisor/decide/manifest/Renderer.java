package io.hasupervisor.decide.manifest;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.cluster.ManifestSettings.Wanted;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.observe.manifest.Template;
import java.util.ArrayList;
import java.util.List;

/** Templates and values to manifests: equal input gives equal bytes, on every host and run. */
public final class Renderer {
  private Renderer() {}

  /**
   * All manifests, or everything that keeps one of them from being made.
   *
   * @param templates of manifests that {@code master} wants
   * @throws IllegalArgumentException for a template of another manifest
   */
  public static Rendering render(Master master, List<Template> templates) {
    List<Manifest> manifests = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    for (Template template : templates) {
      Draft draft = new Draft(template);
      draft
          .make(Filling.of(master, wanted(master, template.name())), master.node().name())
          .ifPresent(manifests::add);
      findings.addAll(draft.findings());
    }
    return findings.isEmpty() ? new Rendering.Done(manifests) : new Rendering.Refused(findings);
  }

  private static Wanted wanted(Master master, String name) {
    return master.manifests().wanted().stream()
        .filter(wanted -> wanted.name().equals(name))
        .findAny()
        .orElseThrow(() -> new IllegalArgumentException("nobody wants " + name));
  }
}
