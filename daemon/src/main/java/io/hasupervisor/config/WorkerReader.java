package io.hasupervisor.config;

import io.hasupervisor.cluster.Worker;
import io.hasupervisor.config.DaemonKeys.Role;
import java.util.Optional;

/** This host as a worker. */
record WorkerReader(Section root) {

  /** Empty where it is none. */
  Optional<Worker> read() {
    if (root.get(DaemonKeys.ROLE) != Role.WORKER) {
      return Optional.empty();
    }
    Section manifests = root.section(DaemonKeys.MANIFESTS, ManifestKeys.SHAPE);
    if (manifests.get(ManifestKeys.PROFILE).isPresent()) {
      manifests.reject(
          ManifestKeys.PROFILE,
          "must be none where role is worker: a worker has no manifests of masters; for a master"
              + " write role: master");
    }
    Section worker = root.section(DaemonKeys.WORKER, NodeKeys.WORKER_SHAPE);
    return Optional.of(new Worker(worker.get(NodeKeys.APISERVER), worker.get(NodeKeys.WORKER_CA)));
  }
}
