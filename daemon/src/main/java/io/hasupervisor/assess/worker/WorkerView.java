package io.hasupervisor.assess.worker;

import io.hasupervisor.assess.Finding;
import java.time.Duration;
import java.util.List;

/**
 * What is thought of a worker's way to the apiservers.
 *
 * @param points where the kubelet is pointed; empty where that is unclear
 * @param since monotonic
 * @param why part of a sentence
 */
public record WorkerView(
    WorkerState state, String points, Duration since, String why, List<Finding> findings) {
  public WorkerView {
    findings = List.copyOf(findings);
  }
}
