package io.hasupervisor.assess.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hasupervisor.cluster.Profile;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Manifests that are right are left alone, and the ones of old are not. */
final class GoodSetsTest {
  @Test
  void bothErasPassWithoutAWarning() {
    assertEquals(List.of(), Judged.seed().codes());
    assertEquals(List.of(), Judged.modern().codes());
  }

  @Test
  void bothErasPassForTheirHost() {
    assertEquals(List.of(), Judged.seed().forB(Profile.SEED).codes());
    assertEquals(List.of(), Judged.modern().forB(Profile.MODERN).codes());
  }

  @Test
  void eachMistakeOfTheOldFilesIsNamed() {
    assertEquals(
        List.of(
            "ETCD_DATA_ELSEWHERE",
            "ETCD_DISCOVERY",
            "ETCD_LISTEN_ADVERTISE",
            "ETCD_OLD",
            "NO_LIVENESS_PROBE",
            "TEMPLATE_NOT_RENDERED"),
        Judged.defective().only("etcd.yaml").codes());
    assertEquals(
        List.of(
            "GCE_LEFTOVER",
            "LOG_WITHOUT_TYPE",
            "NO_LIVENESS_PROBE",
            "NO_SERVICE_ACCOUNT_KEY",
            "SHELL_WITHOUT_EXEC",
            "TEST_CLUSTER_NAME"),
        Judged.defective().only("kube-apiserver.yaml").codes());
    assertEquals(
        List.of(
            "GCE_LEFTOVER",
            "LOG_WITHOUT_TYPE",
            "SHELL_WITHOUT_EXEC",
            "SIGNED_WITH_SERVER_KEY",
            "TEST_CLUSTER_NAME"),
        Judged.defective().only("kube-controller-manager.yaml").codes());
    assertEquals(
        List.of("LOG_WITHOUT_TYPE", "MOUNT_WITHOUT_VOLUME", "SHELL_WITHOUT_EXEC"),
        Judged.defective().only("kube-scheduler.yaml").codes());
  }
}
