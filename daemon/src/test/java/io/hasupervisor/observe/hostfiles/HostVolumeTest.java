package io.hasupervisor.observe.hostfiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.cluster.Manifest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HostVolumeTest {
  private static HostVolume only(String path, String type) {
    return HostVolume.of(FakeHost.manifest(Path.of(path), type)).getFirst();
  }

  @ParameterizedTest
  @CsvSource({
    "/var/log/kube-apiserver.log,''",
    "/var/log/kube/audit.log,''",
    "/var/log/kube-apiserver,File",
    "/opt/logs/x,File",
    "/etc/anything,FileOrCreate"
  })
  void aLogIsAFileAmongLogsOrOneThatMayBeEmpty(String path, String type) {
    assertTrue(only(path, type).log());
  }

  @ParameterizedTest
  @CsvSource({
    "/etc/kubernetes/admin.conf,File",
    "/var/log,''",
    "/var/log/pods,''",
    "/var/log/x.log,DirectoryOrCreate",
    "/var/log/x.log,Socket",
    "/etc/ssl,''",
    "/catalog/x.log,''",
    "/x.log,''",
    "/,''"
  })
  void nothingElseIsMadeUpAsAFile(String path, String type) {
    assertFalse(only(path, type).log());
  }

  @Test
  void aDirectoryHoldsWhatIsBelowItAndTheRootNothing() {
    assertTrue(only("/var/etcd", "").holds(Path.of("/var/etcd/data")));
    assertFalse(only("/var/etcd", "").holds(Path.of("/var/etcdata")));
    assertFalse(only("/", "").holds(Path.of("/var/etcd")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "spec: []",
        "spec: {volumes: {a: 1}}",
        "spec: {volumes: [1, {hostPath: x}, {hostPath: {path: [a]}}, {hostPath: {path: rel}}]}",
        "spec: &a {volumes: [*a]}",
        "\tno yaml"
      })
  void aManifestOfAnotherShapeHasNone(String text) {
    assertEquals(List.of(), HostVolume.of(new Manifest("x", "x", text)));
  }
}
