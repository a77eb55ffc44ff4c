package io.hasupervisor.decide.manifest;

import io.hasupervisor.cluster.Master;
import io.hasupervisor.observe.manifest.Template;
import java.util.List;

/** Templates to manifests. Stand-in: replaced by branch templates. */
public final class Renderer {
  private Renderer() {}

  public static Rendering render(Master master, List<Template> templates) {
    throw new UnsupportedOperationException("replaced at integration");
  }
}
