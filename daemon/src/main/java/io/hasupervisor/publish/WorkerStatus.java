package io.hasupervisor.publish;

import io.hasupervisor.publish.Status.FindingStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A worker's way to the apiservers: {@link io.hasupervisor.assess.worker.WorkerView}.
 *
 * @param apiserver as configured
 * @param points where the kubelet is pointed; empty where that is unclear
 * @param state a name of {@link io.hasupervisor.assess.worker.WorkerState}
 */
public record WorkerStatus(
    Optional<String> apiserver,
    Optional<String> points,
    String state,
    Instant since,
    String why,
    List<FindingStatus> findings) {
  public WorkerStatus {
    findings = List.copyOf(findings);
  }
}
