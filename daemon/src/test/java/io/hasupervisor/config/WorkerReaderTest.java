package io.hasupervisor.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.cluster.Worker;
import io.hasupervisor.loop.Plan;
import io.hasupervisor.loop.ServiceSpec;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkerReaderTest {
  @TempDir Path folder;

  private ConfigFolder config(String content) throws IOException {
    return new ConfigFolder(folder).with("main.yaml", content);
  }

  private static List<String> names(Plan plan) {
    return plan.services().stream().map(ServiceSpec::name).toList();
  }

  @Test
  void aHostIsNoWorkerUnlessItSaysSo() throws IOException {
    Plan plan = config("worker: {apiserver: \"https://10.0.0.10:6443\"}").plan();
    assertEquals(Optional.empty(), plan.worker());
  }

  @Test
  void aWorkerSupervisesDockerAndKubeletAndIsNoMaster() throws IOException {
    Plan plan = config("role: worker\nworker: {apiserver: \"https://lb.example.com:6443\"}").plan();
    assertEquals(
        Optional.of(
            new Worker(Optional.of(URI.create("https://lb.example.com:6443")), Optional.empty())),
        plan.worker());
    assertEquals(Optional.empty(), plan.master());
    assertEquals(List.of("docker", "kubelet"), names(plan));
  }

  /** kubeadm's workers have none as a unit: a missing one must not alarm there. */
  @Test
  void kubeProxyIsWatchedOnlyWhereSomebodyEnablesIt() throws IOException {
    Plan plan = config("role: worker\nservices: {kube-proxy: {enabled: true}}").plan();
    assertEquals(List.of("docker", "kubelet", "kube-proxy"), names(plan));
    assertEquals(List.of(), plan.services().getLast().policy().dependsOn());
  }

  @Test
  void aWorkerWithManifestsOfAMasterIsAProblemWithItsLineAndCure() throws IOException {
    List<String> problems = config("role: worker\nmanifests:\n  profile: seed\n").problems();
    assertEquals(
        List.of(
            "main.yaml:3:12: manifests.profile: must be none where role is worker: a worker has no"
                + " manifests of masters; for a master write role: master"),
        problems);
  }

  @Test
  void whatOnlyMastersNeedIsNotMissedOnAWorker() throws IOException {
    assertTrue(
        config("role: worker\ncluster: {masters: {a: 10.0.0.1, b: 10.0.0.2}}")
            .plan()
            .worker()
            .isPresent());
  }

  @Test
  void theApiserversUrlIsHttpsAndEndsAfterThePort() throws IOException {
    for (String url :
        List.of(
            "http://10.0.0.10:8080",
            "https://10.0.0.10/api",
            "https://10.0.0.10?a=b",
            "10.0.0.10")) {
      List<String> problems =
          config("role: worker\nworker: {apiserver: \"" + url + "\"}").problems();
      assertEquals(1, problems.size(), url);
      assertTrue(
          problems.getFirst().startsWith("main.yaml:2:21: worker.apiserver: must "),
          problems.toString());
    }
  }

  @Test
  void aMisspeltRoleIsAnsweredWithTheNearestOne() throws IOException {
    assertEquals(
        List.of(
            "main.yaml:1:7: role: must be one of master, worker, not \"workr\"; did you mean"
                + " \"worker\"?"),
        config("role: workr").problems());
  }
}
