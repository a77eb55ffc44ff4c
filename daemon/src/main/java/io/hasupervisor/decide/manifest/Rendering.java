package io.hasupervisor.decide.manifest;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.cluster.Manifest;
import java.util.List;

/** What became of rendering. Stand-in: replaced by branch templates. */
public sealed interface Rendering {
  /** All manifests, in the order of placement. */
  record Done(List<Manifest> manifests) implements Rendering {
    public Done {
      manifests = List.copyOf(manifests);
    }
  }

  /** Why the whole set is refused. */
  record Refused(List<Finding> findings) implements Rendering {
    public Refused {
      findings = List.copyOf(findings);
    }
  }
}
