package io.hasupervisor.assess.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.cluster.Profile;
import io.hasupervisor.observe.DockerInfo;
import io.hasupervisor.observe.hostfiles.RivalSeen;
import io.hasupervisor.observe.preflight.DaemonSeen;
import io.hasupervisor.observe.preflight.KernelSeen;
import io.hasupervisor.observe.preflight.KubeletSeen;
import io.hasupervisor.observe.preflight.Reach;
import io.hasupervisor.observe.preflight.Reach.State;
import io.hasupervisor.observe.preflight.RuntimeSeen;
import io.hasupervisor.observe.preflight.ServiceSeen;
import io.hasupervisor.yaml.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the rules make of a host, in the order of the areas. */
final class HostChecksTest {
  private static final Path CONFIG = Path.of("/etc/ha-supervisor/ha-supervisor.yaml");
  private static final KubeletSeen.Options NO_OPTIONS = KubeletSeen.Options.NONE;

  // Configuration.

  @Test
  void aWrongConfigurationIsToldProblemByProblem() {
    List<Check> checks =
        ConfigurationRule.wrong(
            List.of(new Problem(CONFIG, 3, 5, "node.address", "is no address")));
    assertEquals("FAILED CONFIG_WRONG ", Three.wrong(checks));
    assertTrue(Three.cures(checks).startsWith("mend line 3 in " + CONFIG), Three.cures(checks));
  }

  @Test
  void aWorkerIsToldThatItIsOne() {
    List<Check> checks = ConfigurationRule.worker(CONFIG);
    assertEquals("FAILED NO_PROFILE ", Three.wrong(checks));
    assertTrue(checks.getFirst().text().endsWith("role is worker"), checks.toString());
  }

  @Test
  void aHostThatIsNoMasterIsToldItsOwnInit() {
    List<Check> checks = ConfigurationRule.noMaster(CONFIG, "n7", Set.of("10.0.0.7"));
    assertEquals("FAILED NO_PROFILE ", Three.wrong(checks));
    assertTrue(
        Three.cures(checks).contains("--node-name n7 --node-ip 10.0.0.7 --masters n7=10.0.0.7,"),
        Three.cures(checks));
  }

  @Test
  void theAddressMustBeThisHosts() {
    assertEquals("", Three.wrong(ConfigurationRule.master(Three.modern(), Set.of("10.0.0.1"))));
    assertEquals(
        "FAILED ADDRESS_NOT_HERE 10.0.0.1",
        Three.wrong(ConfigurationRule.master(Three.modern(), Set.of("10.0.0.7"))));
  }

  @Test
  void anEvenNumberOfMastersIsAWarningAndManyAreAdvice() {
    Set<String> own = Set.of("10.0.0.1");
    assertEquals(
        "WARNING MASTERS_COUNT cluster.masters",
        Three.wrong(ConfigurationRule.master(Three.of(Profile.MODERN, "lb", "a", "b"), own)));
    assertEquals(
        "ADVICE MASTERS_COUNT cluster.masters",
        Three.wrong(
            ConfigurationRule.master(
                Three.of(Profile.MODERN, "lb", "a", "b", "c", "d", "e", "f", "g", "h", "i"), own)));
    assertEquals(
        "", Three.wrong(ConfigurationRule.master(Three.of(Profile.MODERN, "lb", "a"), own)));
  }

  // The daemon.

  @Test
  void theDaemonMustRunAndKnowTheConfigurationOnTheDisk() {
    assertEquals("", Three.wrong(DaemonRule.checks(new DaemonSeen.Runs("1.0", true), "1.0", true)));
    assertEquals(
        "", Three.wrong(DaemonRule.checks(new DaemonSeen.Runs("1.0", false), "1.0", false)));
    assertEquals(
        """
        ADVICE DAEMON_OTHER_VERSION ha-supervisor
        WARNING DAEMON_OLD_CONFIGURATION ha-supervisor\
        """,
        Three.wrong(DaemonRule.checks(new DaemonSeen.Runs("0.9", false), "1.0", true)));
    assertEquals(
        "WARNING DAEMON_NOT_RUNNING ha-supervisor",
        Three.wrong(DaemonRule.checks(new DaemonSeen.Silent("not there; do x"), "1.0", true)));
  }

  // Services.

  private static ServiceSeen service(String name, String loaded, boolean boot, String active) {
    return new ServiceSeen(
        name,
        ServiceSeen.Kind.SYSTEMD,
        name + ".service",
        List.of("systemctl", "start", name + ".service"),
        loaded,
        Optional.of(boot),
        active,
        Optional.empty());
  }

  private static KubeletSeen kubelet(boolean there) {
    return there
        ? new KubeletSeen(
            Optional.of(Path.of("/usr/bin/kubelet")),
            Optional.of("Kubernetes v1.31.0"),
            "",
            NO_OPTIONS)
        : new KubeletSeen(Optional.empty(), Optional.empty(), "", NO_OPTIONS);
  }

  @Test
  void aKubeletWithoutAUnitIsGivenOne() {
    List<Check> checks =
        KubeletInstalled.checks(
            kubelet(true),
            service("kubelet", "not-found", false, "inactive"),
            List.of(),
            Optional.of(Profile.SEED));
    assertEquals("FAILED KUBELET_UNIT_MISSING kubelet.service", Three.wrong(checks));
    assertTrue(
        Three.cures(checks).contains("'ExecStart=/usr/bin/kubelet $DAEMON_ARGS'"),
        Three.cures(checks));
    assertTrue(Three.cures(checks).startsWith("printf '%s\\n' '[Unit]'"), Three.cures(checks));
  }

  /** The cures must work from the top: no kubelet can be pointed that is not installed. */
  @Test
  void programAndUnitComeBeforeTheKubeletsSettings() {
    List<Finding> findings =
        List.of(
            Finding.of("KUBELET_MISSING", Severity.CRITICAL, "kubelet", "none", "install"),
            Finding.of("KUBELET_FILE_MISSING", Severity.CRITICAL, "kubelet", "none", "point"));
    assertEquals(
        """
        FAILED KUBELET_MISSING kubelet
        FAILED KUBELET_UNIT_MISSING kubelet.service
        FAILED KUBELET_FILE_MISSING kubelet\
        """,
        Three.wrong(
            KubeletInstalled.checks(
                kubelet(false),
                service("kubelet", "not-found", false, "inactive"),
                findings,
                Optional.of(Profile.SEED))));
  }

  @Test
  void withoutAMasterAMissingKubeletIsSaidAllTheSame() {
    assertEquals(
        "FAILED KUBELET_MISSING kubelet",
        Three.wrong(
            KubeletInstalled.checks(
                kubelet(false),
                service("kubelet", "loaded", true, "active"),
                List.of(),
                Optional.empty())));
  }

  @Test
  void aServiceIsJudgedByItsStateOnDiskAndInMemory() {
    ServiceSeen disabled = service("kubelet", "loaded", false, "failed");
    assertEquals(
        "WARNING A_NOT_ENABLED kubelet.service",
        Three.wrong(ServiceRule.installed(Area.KUBELET, "A", disabled, "")));
    List<Check> runs = ServiceRule.runs(Area.START, "A", disabled);
    assertEquals("FAILED A_NOT_RUNNING kubelet.service", Three.wrong(runs));
    assertEquals("systemctl start kubelet.service", Three.cures(runs));
    assertEquals(
        "FAILED A_UNIT_MASKED kubelet.service",
        Three.wrong(
            ServiceRule.installed(
                Area.KUBELET, "A", service("kubelet", "masked", false, "inactive"), "")));
    assertEquals(
        "FAILED A_UNIT_BROKEN kubelet.service",
        Three.wrong(
            ServiceRule.installed(
                Area.KUBELET, "A", service("kubelet", "bad-setting", true, "inactive"), "")));
  }

  @Test
  void aServiceThatNobodyCouldLookAtIsNeverCalledMissing() {
    ServiceSeen unknown = ServiceSeen.unknown("docker", "docker.service", "systemctl hangs");
    assertEquals(
        "NOT_CHECKED NOT_CHECKED docker.service",
        Three.wrong(ServiceRule.installed(Area.RUNTIME, "A", unknown, "apt-get")));
    assertEquals(
        "NOT_CHECKED NOT_CHECKED docker.service",
        Three.wrong(ServiceRule.runs(Area.RUNTIME, "A", unknown)));
  }

  // The runtime.

  private static List<Check> docker(
      ServiceSeen service, DockerInfo info, KubeletSeen.Options options) {
    return RuntimeRule.checks(service, new RuntimeSeen.Docker(info, false), options);
  }

  @Test
  void dockerAnswersAndItsSettingsFitTheKubelets() {
    ServiceSeen running = service("docker", "loaded", true, "active");
    DockerInfo.Answers good = new DockerInfo.Answers("27.1", "overlay2", "cgroupfs", true);
    KubeletSeen.Options systemd =
        new KubeletSeen.Options(
            Optional.of("systemd"), Optional.of(Path.of("/c.yaml")), Optional.empty(), false);
    assertEquals("", Three.wrong(docker(running, good, NO_OPTIONS)));
    List<Check> differs = docker(running, good, systemd);
    assertEquals("FAILED CGROUP_DRIVER_DIFFERS /c.yaml", Three.wrong(differs));
    assertTrue(
        Three.cures(differs).contains("systemd\"?/\\1cgroupfs/' /c.yaml"), Three.cures(differs));
    List<Check> dies =
        docker(running, new DockerInfo.Answers("27.1", "overlay2", "cgroupfs", false), NO_OPTIONS);
    assertEquals("ADVICE DOCKER_NO_LIVE_RESTORE docker", Three.wrong(dies));
    assertTrue(Three.cures(dies).contains("> /etc/docker/daemon.json && systemctl reload docker"));
  }

  @Test
  void aSilentDockerIsToldFromOneThatIsDownAndOneThatIsNotThere() {
    DockerInfo silent = new DockerInfo.Silent("no answer");
    assertEquals(
        "FAILED RUNTIME_SILENT docker",
        Three.wrong(docker(service("docker", "loaded", true, "active"), silent, NO_OPTIONS)));
    assertEquals(
        "FAILED RUNTIME_NOT_RUNNING docker.service",
        Three.wrong(docker(service("docker", "loaded", true, "inactive"), silent, NO_OPTIONS)));
    assertEquals(
        "FAILED RUNTIME_UNIT_MISSING docker.service",
        Three.wrong(docker(service("docker", "not-found", true, "inactive"), silent, NO_OPTIONS)));
  }

  @Test
  void containerdIsJudgedByItsOwnClient() {
    ServiceSeen running = service("containerd", "loaded", true, "active");
    assertEquals(
        "",
        Three.wrong(
            RuntimeRule.checks(
                running, new RuntimeSeen.Containerd(Optional.of("1.7.2"), ""), NO_OPTIONS)));
    assertEquals(
        "FAILED RUNTIME_SILENT containerd",
        Three.wrong(
            RuntimeRule.checks(
                running, new RuntimeSeen.Containerd(Optional.empty(), "hangs"), NO_OPTIONS)));
    assertEquals(
        "NOT_CHECKED NOT_CHECKED containerd",
        Three.wrong(RuntimeRule.checks(running, new RuntimeSeen.NotAsked("no ctr"), NO_OPTIONS)));
  }

  // The other masters.

  private static Reach reach(String node, int port, State state) {
    return new Reach(node, "10.0.0.2", port, state, "");
  }

  @Test
  void aRefusalIsAMasterThatIsNotPlacedYetAndSilenceIsAFailure() {
    List<Check> checks =
        ReachRule.checks(
            List.of(
                reach("b", 2380, State.OPEN),
                reach("b", 6443, State.REFUSED),
                reach("c", 2380, State.SILENT),
                reach("c", 6443, State.SILENT)));
    assertEquals(
        """
        WARNING MASTER_NOT_PLACED b
        FAILED MASTER_NO_ANSWER c\
        """,
        Three.wrong(checks));
    assertEquals("10.0.0.2 accepts on 2380", Three.well(checks));
    assertEquals("there is no other master", Three.well(ReachRule.checks(List.of())));
  }

  // Clocks.

  @Test
  void clocksAreJudgedByTheRuleOfTheDaemon() {
    assertEquals(
        "WARNING CLOCK_DIFFERS b",
        Three.wrong(
            FindingChecks.clock(
                Optional.of(true),
                Optional.of(Three.modern()),
                Map.of("b", Duration.ofSeconds(4)))));
    assertEquals(
        "WARNING CLOCK_NOT_SYNCED clock",
        Three.wrong(FindingChecks.clock(Optional.of(false), Optional.empty(), Map.of())));
    assertEquals(
        "is kept by a program; agrees with b",
        Three.well(
            FindingChecks.clock(
                Optional.of(true), Optional.of(Three.modern()), Map.of("b", Duration.ZERO))));
  }

  // Findings of other rules.

  private static Finding critical(String code, String subject, String text) {
    return Finding.of(code, Severity.CRITICAL, subject, text, "cure");
  }

  @Test
  void whatOneAreaTellsNoOtherRepeats() {
    List<Finding> host =
        List.of(
            critical("KUBELET_NOT_POINTED", "kubelet", "x"),
            critical("RIVAL_MONIT", "kubelet", "x"),
            critical("CLOCK_NOT_SYNCED", "clock", "x"),
            critical("DATA_SPACE", "/d", "x"));
    assertEquals("FAILED DATA_SPACE /d", Three.wrong(FindingChecks.host(host)));
    assertEquals(
        List.of("KUBELET_NOT_POINTED"),
        FindingChecks.kubelet(host).stream().map(Finding::code).toList());
    List<Finding> credentials = List.of(critical("CREDENTIAL_MISSING", "/p/sa.key", "x"));
    List<Finding> manifests =
        List.of(
            critical("IMAGE_MISSING", "etcd", "x"),
            critical("LOG_FILE_MISSING", "etcd", "x"),
            critical("FILE_MISSING", "kube-apiserver", "--f needs /p/sa.key, which is not here"),
            critical("FILE_MISSING", "kube-apiserver", "--f needs /p/other, which is not here"));
    List<Check> rest = FindingChecks.manifests(manifests, credentials, 4);
    assertEquals("FAILED FILE_MISSING kube-apiserver", Three.wrong(rest));
    assertTrue(rest.getFirst().text().contains("/p/other"));
    assertEquals(
        "FAILED IMAGE_MISSING etcd", Three.wrong(FindingChecks.images(manifests, List.of())));
  }

  @Test
  void missingCredentialsAreOneLineForOneCommandMakesThemAll() {
    List<Check> checks =
        FindingChecks.credentials(
            Three.modern(),
            List.of(
                critical("CREDENTIAL_MISSING", "/p/b", "x"),
                Finding.of("CREDENTIAL_MISSING", Severity.WARNING, "/p/a", "x", "cure"),
                critical("KEY_MALFORMED", "/p/c", "x")));
    assertEquals(
        """
        FAILED CREDENTIAL_MISSING /etc/kubernetes/pki
        FAILED KEY_MALFORMED /p/c\
        """,
        Three.wrong(checks));
    assertEquals("2 are missing: /p/a, /p/b", checks.getFirst().text());
    assertTrue(checks.getFirst().cure().endsWith("tar -xzpf made/a.tar.gz -C / -k"));
  }

  @Test
  void monitThatRunsKeepsAHostFromBeingAMaster() {
    Path file = Path.of("/etc/monit/conf.d/docker");
    assertEquals(
        "FAILED RIVAL_MONIT docker",
        Three.wrong(FindingChecks.supervisors(List.of(new RivalSeen(file, "docker", true)))));
    assertEquals(
        "ADVICE RIVAL_MONIT docker",
        Three.wrong(FindingChecks.supervisors(List.of(new RivalSeen(file, "docker", false)))));
  }

  // The kernel.

  private static final Map<String, String> SET =
      Map.of(KernelSeen.BRIDGE, "1", KernelSeen.FORWARD, "1");

  @Test
  void aKernelAsPodsNeedItIsWell() {
    KernelSeen seen = new KernelSeen("a", List.of(), SET, 4L << 30, 4);
    assertEquals("", Three.wrong(KernelRule.checks(seen, false)));
  }

  @Test
  void everythingThatKubeadmAsksForIsAWarning() {
    KernelSeen seen =
        new KernelSeen("a", List.of("/dev/sda2"), Map.of(KernelSeen.FORWARD, "0"), 1L << 30, 1);
    assertEquals(
        """
        WARNING SWAP_ON /dev/sda2
        WARNING KERNEL_SETTING net.ipv4.ip_forward
        WARNING BRIDGE_MODULE_MISSING br_netfilter
        WARNING MEMORY_SMALL memory
        WARNING PROCESSORS_FEW processors\
        """,
        Three.wrong(KernelRule.checks(seen, false)));
  }

  @Test
  void swapIsWellWhereTheKubeletIsToldSo() {
    KernelSeen seen = new KernelSeen("a", List.of("/dev/sda2"), SET, 4L << 30, 4);
    assertEquals("", Three.wrong(KernelRule.checks(seen, true)));
  }

  @Test
  void aKernelThatTellsNothingOfItsSizeIsNotCalledSmall() {
    assertEquals(
        "", Three.wrong(KernelRule.checks(new KernelSeen("a", List.of(), SET, 0, 0), false)));
  }
}
