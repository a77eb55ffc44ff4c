package io.hasupervisor.decide.manifest;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.cluster.Manifest;
import java.util.List;

/** What rendering gave. */
public sealed interface Rendering {

  /** The manifests in the order of placement. */
  record Done(List<Manifest> manifests) implements Rendering {
    public Done {
      manifests = List.copyOf(manifests);
    }
  }

  /** Nothing can be rendered, for these reasons. */
  record Refused(List<Finding> findings) implements Rendering {
    public Refused {
      findings = List.copyOf(findings);
    }
  }
}
