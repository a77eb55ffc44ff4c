package io.hasupervisor.assess.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.cluster.Profile;
import io.hasupervisor.observe.preflight.Holder;
import io.hasupervisor.observe.preflight.Listener;
import io.hasupervisor.observe.preflight.Listener.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PortRuleTest {
  private static final String ETCD = "e".repeat(64);
  private static final String OTHER = "f".repeat(64);

  /** The seed's pod of etcd has another name than its file. */
  private static final PortRule RULE =
      new PortRule(
          Three.modern(),
          Map.of("etcd", "etcd-server-a", "kube-controller-manager", "kube-controller-manager-a"),
          Optional.of(Map.of(ETCD, "etcd-server-a", OTHER, "web-1")),
          "kubelet.service",
          true);

  private static Listener listener(String address, int port, Holder holder) {
    Scope scope =
        address.equals("0.0.0.0")
            ? Scope.ALL
            : address.startsWith("127.") ? Scope.LOOPBACK : Scope.ONE;
    return new Listener(address, scope, port, Optional.of(holder));
  }

  private static Holder process(String name, String unit) {
    return new Holder(7, name, Optional.of(unit), Optional.empty());
  }

  private static Holder contained(String name, String id) {
    return new Holder(7, name, Optional.of("docker.service"), Optional.of(id));
  }

  private static List<Check> checks(PortRule rule, Listener... listeners) {
    return rule.checks(
        Port.of(rule.master(), List.of("127.0.0.1:9099", "[::1]:9099")), List.of(listeners));
  }

  @Test
  void portsThatNobodyHoldsAreFree() {
    List<Check> checks = checks(RULE);
    assertEquals("", Three.wrong(checks));
    assertEquals("free: 2379, 2380, 6443, 10259, 10257, 10250, 10248, 9099", Three.well(checks));
  }

  @Test
  void theSeedHasPortsOfItsOwn() {
    assertEquals(
        List.of(4001, 2380, 443, 8080, 10251, 10252, 10250, 10248),
        Port.of(Three.of(Profile.SEED, "lb", "a"), List.of()).stream().map(Port::number).toList());
  }

  @Test
  void whatOurPodsAndTheKubeletAndTheDaemonHoldIsOurs() {
    List<Check> checks =
        checks(
            RULE,
            listener("10.0.0.1", 2379, contained("etcd", ETCD)),
            listener("127.0.0.1", 2379, contained("etcd", ETCD)),
            listener("0.0.0.0", 10250, process("kubelet", "kubelet.service")),
            listener("127.0.0.1", 9099, process("java", "ha-supervisor.service")));
    assertEquals("", Three.wrong(checks));
    assertEquals(
        "free: 2380, 6443, 10259, 10257, 10248; ours already: 2379, 10250, 9099",
        Three.well(checks));
  }

  @Test
  void aForeignHolderIsNamedWithItsUnitAndTheCommandThatStopsIt() {
    List<Check> checks = checks(RULE, listener("0.0.0.0", 6443, process("nginx", "nginx.service")));
    assertEquals("FAILED PORT_TAKEN 6443", Three.wrong(checks));
    assertTrue(
        checks
            .getFirst()
            .text()
            .startsWith("nginx (pid 7, nginx.service) listens on all addresses"),
        checks.toString());
    assertTrue(Three.cures(checks).endsWith("systemctl disable --now nginx.service"));
  }

  @Test
  void anEtcdOutsideOfItsPodIsForeign() {
    List<Check> checks = checks(RULE, listener("127.0.0.1", 2379, process("etcd", "etcd.service")));
    assertEquals("FAILED PORT_TAKEN 2379", Three.wrong(checks));
  }

  @Test
  void aContainerOfAnotherPodIsForeign() {
    List<Check> checks = checks(RULE, listener("0.0.0.0", 6443, contained("etcd", OTHER)));
    assertEquals("FAILED PORT_TAKEN 6443", Three.wrong(checks));
    assertTrue(Three.cures(checks).endsWith("docker stop " + OTHER.substring(0, 12)));
  }

  @Test
  void whereDockerTellsNothingTheProgramsNameDecidesAsTheKernelCutsIt() {
    PortRule blind =
        new PortRule(Three.modern(), Map.of(), Optional.empty(), "kubelet.service", false);
    assertEquals(
        "FAILED PORT_TAKEN 2379",
        Three.wrong(
            checks(
                blind,
                listener("127.0.0.1", 10257, contained("kube-controller", OTHER)),
                listener("127.0.0.1", 2379, contained("redis", OTHER)))));
  }

  @Test
  void aLoadBalancerOnAnAddressOfItsOwnIsOnlyAWarning() {
    List<Check> checks =
        checks(RULE, listener("10.0.0.100", 6443, process("haproxy", "haproxy.service")));
    assertEquals("WARNING PORT_TAKEN_ELSEWHERE 6443", Three.wrong(checks));
  }

  @Test
  void aHolderThatCannotBeSeenIsNoneOfOurs() {
    Listener unseen = new Listener("0.0.0.0", Scope.ALL, 2380, Optional.empty());
    List<Check> checks = checks(RULE, unseen);
    assertEquals("FAILED PORT_TAKEN 2380", Three.wrong(checks));
    assertEquals("see whose it is: ss -ltnp 'sport = :2380'", Three.cures(checks));
  }
}
