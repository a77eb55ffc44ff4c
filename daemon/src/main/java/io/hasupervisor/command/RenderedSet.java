package io.hasupervisor.command;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.decide.manifest.Renderer;
import io.hasupervisor.decide.manifest.Rendering;
import io.hasupervisor.loop.Plan;
import io.hasupervisor.observe.manifest.TemplateFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/** The manifests that the configuration makes for this host. */
record RenderedSet(Master master, List<Manifest> manifests) {
  RenderedSet {
    manifests = List.copyOf(manifests);
  }

  /** Reads the templates and renders them; empty after {@code err} was told why: exit with 1. */
  static Optional<RenderedSet> of(Plan plan, PrintWriter err) {
    if (plan.master().isEmpty()) {
      err.println(
          "ha-supervisor: the configuration makes no master of this host (manifests.profile is"
              + " none), so there is nothing to render; ha-supervisor init writes one");
      return Optional.empty();
    }
    Master master = plan.master().get();
    try {
      Rendering rendering =
          Renderer.render(master, TemplateFiles.read(master.manifests().wanted()));
      return switch (rendering) {
        case Rendering.Done done -> Optional.of(new RenderedSet(master, done.manifests()));
        case Rendering.Refused refused -> refused(refused.findings(), err);
      };
    } catch (IOException e) {
      err.println("ha-supervisor: a template cannot be read:");
      err.println(e.getMessage());
      return Optional.empty();
    }
  }

  /** Judged as what is meant for this host. */
  ManifestCheck check() {
    return ManifestCheck.ofManifests(manifests, master);
  }

  private static Optional<RenderedSet> refused(List<Finding> findings, PrintWriter err) {
    err.print(FindingText.of(findings));
    return Optional.empty();
  }
}
