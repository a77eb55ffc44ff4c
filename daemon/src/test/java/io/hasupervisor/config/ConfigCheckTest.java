package io.hasupervisor.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The text of {@code check-config}. */
final class ConfigCheckTest {
  @TempDir Path folder;

  private String render(String content) throws IOException {
    Loaded loaded = new ConfigFolder(folder).with("main.yaml", content).load();
    return ConfigCheck.render(loaded).replace(folder + "/", "");
  }

  @Test
  void successNamesWhatIsSupervised() throws IOException {
    assertEquals(
        """
        ok: 2 services, from main.yaml
          docker: systemd docker.service; probes: ping, deep
          kubelet: systemd kubelet.service; after docker; probes: healthz
        """,
        render(""));
    assertEquals(
        """
        ok: 3 services, observed only, from main.yaml
          docker: systemd docker.service; probes: ping, deep; observed only
          kubelet: systemd kubelet.service; after docker; probes: healthz; observed only
          a: exec /bin/a; no probes; observed only
        """,
        render("mode: observe\nservices: {a: {kind: exec, command: [/bin/a, secret]}}"));
  }

  @Test
  void aMasterHasALineOfItsOwn() throws IOException {
    assertEquals(
        """
        ok: 0 services, from main.yaml
          master a of kubernetes (seed, 1 master): manifests etcd, kube-apiserver, \
        kube-controller-manager, kube-scheduler for /etc/kubernetes/manifests
        """,
        render(
            """
            services: {docker: {enabled: false}, kubelet: {enabled: false}}
            node: {name: a, address: 10.0.0.1}
            cluster: {masters: {a: 10.0.0.1}}
            manifests: {profile: seed}
            """));
  }

  @Test
  void aWorkerIsCalledOneWithItsWayToTheApiservers() throws IOException {
    assertEquals(
        """
        ok: 0 services, from main.yaml
          worker: apiservers by https://10.0.0.10:6443
        """,
        render(
            """
            role: worker
            services: {docker: {enabled: false}, kubelet: {enabled: false}}
            worker: {apiserver: "https://10.0.0.10:6443"}
            """));
  }

  @Test
  void nothingToDoIsSaidPlainly() throws IOException {
    assertEquals(
        "ok: 0 services, from main.yaml\n",
        render("services: {docker: {enabled: false}, kubelet: {enabled: false}}"));
  }

  @Test
  void problemsAreCounted() throws IOException {
    assertEquals(
        """
        main.yaml:1:7: mode: must be one of act, observe, not "x"
        1 problem; a configuration with problems changes nothing
        """,
        render("mode: x"));
  }
}
