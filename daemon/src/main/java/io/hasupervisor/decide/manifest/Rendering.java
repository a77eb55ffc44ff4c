package io.hasupervisor.decide.manifest;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.cluster.Manifest;
import java.util.List;

/** What became of a set of templates: all manifests or none. */
public sealed interface Rendering {

  /** In the order of the templates. */
  record Done(List<Manifest> manifests) implements Rendering {
    public Done {
      manifests = List.copyOf(manifests);
    }
  }

  /** Everything that is wrong in all templates. */
  record Refused(List<Finding> findings) implements Rendering {
    public Refused {
      findings = List.copyOf(findings);
    }
  }
}
