package io.hasupervisor.decide.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.observe.hostfiles.FakeHost;
import io.hasupervisor.observe.worker.ClientSeen;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JoiningTest {
  private static final String LB = "https://10.0.0.10:6443";
  private static final Path CONF = Path.of("/etc/ha-supervisor/conf.d/50-worker.yaml");
  private static final String KUBECONFIG =
      """
      clusters: [{name: k, cluster: {server: "https://10.0.0.1:6443"}}]
      contexts: [{name: c, context: {cluster: k}}]
      current-context: c
      """;

  @TempDir Path directory;
  private FakeHost host;

  @BeforeEach
  void host() throws IOException {
    host = new FakeHost(directory);
  }

  private Joining plan(boolean proxy, Optional<WorkerConfig> config, Optional<String> now) {
    return Joining.of(
        new Joining.Scene(
            LB,
            ClientSeen.kubelet(host.paths()),
            ClientSeen.kubeProxy(host.paths()),
            proxy,
            config,
            CONF,
            now));
  }

  private Joining.Planned planned(boolean proxy) {
    return assertInstanceOf(Joining.Planned.class, plan(proxy, Optional.empty(), Optional.empty()));
  }

  private String refusal() {
    Joining.Refused refused =
        assertInstanceOf(Joining.Refused.class, plan(false, Optional.empty(), Optional.empty()));
    return refused.why() + "; " + refused.cure();
  }

  @Test
  void theSeedsFileIsChangedAndItsBrokenLinesAreTold() throws IOException {
    Path file = host.file("/etc/default/kubelet", RepointingTest.seed());
    Joining.Planned planned = planned(false);
    assertEquals(List.of("kubelet"), planned.services());
    assertEquals(List.of(file), planned.edits().stream().map(FileEdit::file).toList());
    assertEquals(3, planned.remarks().size(), planned.remarks().toString());
    assertTrue(
        planned.remarks().get(0).startsWith(file + ":4: DNS_IP still is "),
        planned.remarks().toString());
    assertTrue(
        planned.remarks().get(1).startsWith(file + ":6: a line ends within a word"),
        planned.remarks().toString());
    assertTrue(
        planned.remarks().get(2).endsWith("join lines 7 and 8 to --cluster-domain=cluster.local"),
        planned.remarks().toString());
  }

  @Test
  void kubeadmsKubeconfigIsChangedAndTheBootstrapsOneOnlyUntilThen() throws IOException {
    Path bootstrap = host.file("/etc/kubernetes/bootstrap-kubelet.conf", KUBECONFIG);
    assertEquals(bootstrap, planned(false).edits().getFirst().file());
    Path own = host.file("/etc/kubernetes/kubelet.conf", KUBECONFIG);
    assertEquals(own, planned(false).edits().getFirst().file());
  }

  @Test
  void aKubeconfigThatAUnitNamesIsTheOne() throws IOException {
    host.file("/etc/kubernetes/kubelet.conf", KUBECONFIG);
    Path named = host.file("/opt/k/kubelet.kubeconfig", KUBECONFIG);
    host.file(
        "/etc/systemd/system/kubelet.service",
        """
        [Service]
        ExecStart=/usr/bin/kubelet --v=2 \\
          --kubeconfig=/opt/k/kubelet.kubeconfig
        """);
    assertEquals(named, planned(false).edits().getFirst().file());
  }

  @Test
  void aKubeconfigBesideAnAddressTellsOnlyWhoTheKubeletIs() throws IOException {
    host.file("/var/lib/kubelet/kubeconfig", KUBECONFIG);
    Path flags =
        host.file(
            "/etc/default/kubelet",
            "DAEMON_ARGS=\"--api-servers=https://a --kubeconfig=/var/lib/kubelet/kubeconfig\"\n");
    assertEquals(List.of(flags), planned(false).edits().stream().map(FileEdit::file).toList());
  }

  @Test
  void anAddressBesideKubeadmsKubeconfigIsAmbiguous() throws IOException {
    Path flags = host.file("/etc/default/kubelet", "A=\"--api-servers=https://a\"\n");
    Path config = host.file("/etc/kubernetes/kubelet.conf", KUBECONFIG);
    assertEquals(
        "%2$s:1: the kubelet may be told in several places: %1$s:1, %2$s:1; say which one it reads: --kubelet-config FILE"
            .formatted(flags, config),
        refusal());
  }

  @Test
  void aUnitThatSaysTheAddressItselfIsNotChanged() throws IOException {
    Path unit =
        host.file(
            "/etc/systemd/system/kubelet.service",
            "[Service]\nExecStart=/usr/bin/kubelet --api-servers=https://a\n");
    assertEquals(
        unit
            + ":2: the unit itself says --api-servers: units are not changed here; move that flag"
            + " to /etc/default/kubelet, then systemctl daemon-reload",
        refusal());
  }

  @Test
  void aHostWithoutAKubeletsFileIsToldWhichOneIsMissed() {
    assertTrue(
        refusal().contains("/etc/kubernetes/kubelet.conf: nothing here tells the kubelet"),
        refusal());
  }

  @Test
  void kubeProxyIsPointedOnRequestAndElseOnlyTold() throws IOException {
    host.file("/etc/kubernetes/kubelet.conf", KUBECONFIG);
    Path proxy = host.file("/etc/default/kube-proxy", "DAEMON_ARGS=\"--master=https://a\"\n");
    assertEquals(
        List.of(
            proxy
                + ":1 points kube-proxy at https://a:443, and is left: --kube-proxy points it as"
                + " well"),
        planned(false).remarks());
    Joining.Planned both = planned(true);
    assertEquals(List.of("kubelet", "kube-proxy"), both.services());
    assertEquals("DAEMON_ARGS=\"--master=" + LB + "\"\n", both.edits().getLast().after());
  }

  @Test
  void kubeProxyAsAPodIsRefusedWithTheWayToDoIt() throws IOException {
    host.file("/etc/kubernetes/kubelet.conf", KUBECONFIG);
    Joining.Refused refused =
        assertInstanceOf(Joining.Refused.class, plan(true, Optional.empty(), Optional.empty()));
    assertTrue(refused.cure().contains("edit configmap kube-proxy"), refused.cure());
  }

  @Test
  void theConfigurationIsWrittenLastAndNeverOverAStrangers() throws IOException {
    host.file("/etc/kubernetes/kubelet.conf", KUBECONFIG);
    Optional<WorkerConfig> config = Optional.of(new WorkerConfig(LB, Optional.empty(), true, true));
    Joining.Planned planned =
        assertInstanceOf(Joining.Planned.class, plan(false, config, Optional.empty()));
    assertEquals(CONF, planned.edits().getLast().file());
    assertEquals(List.of("kubelet"), planned.services());
    assertInstanceOf(Joining.Planned.class, plan(false, config, Optional.of(config.get().text())));
    assertInstanceOf(Joining.Refused.class, plan(false, config, Optional.of("services: {}\n")));
  }
}
