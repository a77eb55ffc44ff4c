package io.hasupervisor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.cluster.Worker;
import io.hasupervisor.observe.Symptom;
import io.hasupervisor.observe.api.ApiAnswer;
import io.hasupervisor.observe.hostfiles.FakeHost;
import io.hasupervisor.observe.worker.ClientSeen;
import io.hasupervisor.observe.worker.WorkerRound;
import io.hasupervisor.publish.Status.FindingStatus;
import io.hasupervisor.publish.Status.Level;
import io.hasupervisor.publish.WorkerStatus;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkerDeskTest {
  @TempDir Path directory;
  private final Bench bench = new Bench();
  private ClientSeen kubelet;

  @BeforeEach
  void kubelet() throws IOException {
    FakeHost host = new FakeHost(directory);
    host.file("/etc/default/kubelet", "A=\"--api-servers=https://10.0.0.1:6443\"\n");
    kubelet = ClientSeen.kubelet(host.paths());
  }

  private List<String> adopt(Optional<Worker> worker) {
    return bench.worker.adopt(
        new Plan(Plans.of(directory).settings(), List.of(), Optional.empty(), worker),
        bench.clock.now());
  }

  private Optional<WorkerStatus> looked(ApiAnswer answer) {
    bench.worker.looked(
        new Message.WorkerLooked(
            bench.workerWorld, new WorkerRound(kubelet, answer, Optional.empty(), Instant.EPOCH)),
        bench.clock.now());
    bench.publisher.publish(bench.clock.now());
    return bench.publisher.status().worker();
  }

  @Test
  void aWorkersWayIsInTheStatusWithWhatIsWrongAndItsCure() {
    assertEquals(
        List.of("worker: its way to the apiservers is watched from now on"),
        adopt(
            Optional.of(
                new Worker(Optional.of(URI.create("https://10.0.0.10:6443")), Optional.empty()))));
    WorkerStatus status = looked(new ApiAnswer.Well(Duration.ZERO)).orElseThrow();
    assertEquals(Optional.of("https://10.0.0.10:6443"), status.apiserver());
    assertEquals(Optional.of("https://10.0.0.1:6443"), status.points());
    assertEquals("REACHED", status.state());
    assertEquals(
        List.of("KUBELET_POINTS_ELSEWHERE"),
        status.findings().stream().map(FindingStatus::code).toList());
    assertEquals("worker", status.findings().getFirst().area());
    assertEquals(Level.ATTENTION, bench.publisher.status().verdict());
    String summary = bench.publisher.status().summary();
    assertTrue(
        summary.contains("an apiserver is reached at https://10.0.0.1:6443; 1 warning"), summary);
  }

  @Test
  void anApiserverThatIsAwayIsToldAndNothingIsDone() {
    adopt(Optional.of(new Worker(Optional.empty(), Optional.empty())));
    ApiAnswer away = new ApiAnswer.Silent(Symptom.REFUSED, false, "10.0.0.1 refuses connections");
    assertEquals("UNKNOWN", looked(away).orElseThrow().state());
    assertEquals("UNREACHED", looked(away).orElseThrow().state());
    String summary = bench.publisher.status().summary();
    assertTrue(summary.contains("no apiserver is reached at https://10.0.0.1:6443"), summary);
  }

  @Test
  void ofAnotherConfigurationsWorldNothingIsToldAnyMore() {
    adopt(Optional.of(new Worker(Optional.empty(), Optional.empty())));
    looked(new ApiAnswer.Well(Duration.ZERO));
    assertEquals(List.of("no longer a worker"), adopt(Optional.empty()));
    assertEquals(Optional.empty(), looked(new ApiAnswer.Well(Duration.ZERO)));
    assertEquals(List.of(), adopt(Optional.empty()));
  }
}
