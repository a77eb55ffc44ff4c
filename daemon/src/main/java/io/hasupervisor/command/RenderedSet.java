package io.hasupervisor.command;

import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.loop.Plan;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/** STAND-IN until the branches are joined: renders nothing. The class of this name replaces it. */
record RenderedSet(Master master, List<Manifest> manifests) {
  static Optional<RenderedSet> of(Plan plan, PrintWriter err) {
    err.flush();
    return plan.master().map(master -> new RenderedSet(master, List.of()));
  }
}
