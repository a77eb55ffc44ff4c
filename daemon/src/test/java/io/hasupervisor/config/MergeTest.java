package io.hasupervisor.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.host.UnitSpec;
import io.hasupervisor.loop.Plan;
import io.hasupervisor.loop.ServiceSpec;
import io.hasupervisor.loop.ServiceSpec.Check;
import io.hasupervisor.observe.ProbeTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Later files lie over earlier ones, and all over what is built in. */
final class MergeTest {
  @TempDir Path folder;

  private Plan plan(String... files) throws IOException {
    ConfigFolder config = new ConfigFolder(folder).with("main.yaml", files[0]);
    for (int i = 1; i < files.length; i++) {
      config.with("conf.d/" + i + ".yaml", files[i]);
    }
    return config.plan();
  }

  private static ServiceSpec service(Plan plan, String name) {
    return plan.services().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  private static Check check(Plan plan, String service, String probe) {
    return service(plan, service).checks().stream()
        .filter(c -> c.probe().name().equals(probe))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void mapsAreJoinedKeyByKey() throws IOException {
    Plan plan =
        plan(
            "services: {docker: {probes: {ping: {period: 7s}}}}",
            "services: {docker: {probes: {ping: {failures: 5}}}}");
    Check ping = check(plan, "docker", "ping");
    assertEquals(Duration.ofSeconds(7), ping.probe().period());
    assertEquals(5, ping.tolerance().inARow());
    assertEquals(Duration.ofSeconds(5), ping.probe().deadline());
    assertEquals(
        List.of("ping", "deep"),
        service(plan, "docker").checks().stream().map(c -> c.probe().name()).toList());
  }

  @Test
  void theLastFileWins() throws IOException {
    String listen = "http: {listen: [\"127.0.0.1:%d\"]}";
    Plan plan = plan(listen.formatted(1), listen.formatted(2), listen.formatted(3));
    assertEquals(List.of("127.0.0.1:3"), plan.settings().listen());
  }

  @Test
  void listsAreReplacedWhole() throws IOException {
    Plan plan = plan("services: {kubelet: {watch-files: [/a]}}");
    assertEquals(List.of(Path.of("/a")), service(plan, "kubelet").watchedFiles());
  }

  @Test
  void aKeyWithNothingBehindItChangesNothing() throws IOException {
    Plan plain = plan("");
    assertEquals(plain, plan("services:\n  docker:\n    probes:\n", "services:\n"));
    assertTrue(plan("mode: observe", "services:\n").settings().observeOnly());
  }

  @Test
  void aChangeOfKindDropsTheKeysOfTheFormer() throws IOException {
    Plan plan =
        plan(
            "services: {docker: {unit: docker.service}}",
            "services: {docker: {kind: exec, command: [/usr/bin/dockerd]}}");
    assertTrue(
        service(plan, "docker").unit() instanceof UnitSpec.Exec exec
            && exec.log().equals(Path.of("/var/lib/ha-supervisor/docker.log")));
  }

  @Test
  void aChangeOfTypeKeepsTheKeysThatGoWithBoth() throws IOException {
    Plan plan = plan("services: {docker: {probes: {ping: {type: unix}}}}");
    assertEquals(
        new ProbeTarget.UnixSocket(Path.of("/var/run/docker.sock")),
        check(plan, "docker", "ping").probe().target());
  }

  @Test
  void noneAndEmptyTakeDefaultsAway() throws IOException {
    Plan plan =
        plan(
            "services: {docker: {evidence: {signal: none, dumps: []}, probes: {deep: {enabled:"
                + " false}}}, kubelet: {depends-on: []}}");
    assertEquals(Optional.empty(), service(plan, "docker").evidence().signal());
    assertEquals(List.of(), service(plan, "docker").evidence().dumps());
    assertEquals(1, service(plan, "docker").checks().size());
    assertEquals(List.of(), service(plan, "kubelet").policy().dependsOn());
  }

  @Test
  void everyProblemNamesItsOwnFile() throws IOException {
    ConfigFolder config =
        new ConfigFolder(folder)
            .with("main.yaml", "mode: actt\n")
            .with("conf.d/10-a.yaml", "# a\nmode: observe\nservices: {docker: {kil: {}}}\n")
            .with("conf.d/20-b.yaml", "services: [\n")
            .with("conf.d/30-c.yml", "")
            .with("conf.d/README", "not read")
            .with("conf.d/10-a.yaml.dpkg-old", ":[");
    assertEquals(
        List.of(
            "conf.d/30-c.yml: is not read: name it *.yaml",
            "main.yaml:1:7: mode: must be one of act, observe, not \"actt\"; did you mean \"act\"?",
            "conf.d/10-a.yaml:3:21: services.docker.kil: unknown key \"kil\"; did you mean"
                + " \"kill\"?",
            "conf.d/20-b.yaml:2:1: is not YAML: expected the node content, but found '<stream"
                + " end>'"),
        config.problems());
  }

  @Test
  void aBadValueIsReportedThoughALaterFileReplacesIt() throws IOException {
    ConfigFolder config =
        new ConfigFolder(folder)
            .with("main.yaml", "poll-every: 5x")
            .with("conf.d/a.yaml", "poll-every: 5s");
    assertEquals(1, config.problems().size());
  }

  @Test
  void aCheckAcrossFilesPointsToTheFileThatBroughtTheValue() throws IOException {
    ConfigFolder config =
        new ConfigFolder(folder)
            .with("main.yaml", "services: {docker: {crash: {max-delay: 2s}}}")
            .with("conf.d/a.yaml", "services: {docker: {crash: {first-delay: 3s}}}");
    assertEquals(
        List.of(
            "conf.d/a.yaml:1:42: services.docker.crash.first-delay: must be at most max-delay, and"
                + " 3s is more than 2s"),
        config.problems());
  }

  @Test
  void theCommandLineWinsOverTheFile() throws IOException {
    ConfigFolder config =
        new ConfigFolder(folder).with("main.yaml", "state-directory: /a\ncontrol: {socket: /b}\n");
    Environment environment =
        new Environment(
            "n",
            "",
            ConfigFolder.uid(),
            Optional.of(Path.of("/s")),
            Optional.of(Path.of("/r/own.sock")));
    assertTrue(
        ConfigLoader.load(config.main(), environment) instanceof Loaded.Good good
            && good.plan().settings().stateDir().equals(Path.of("/s"))
            && good.plan().settings().controlSocket().equals(Path.of("/r/own.sock")));
  }

  @Test
  void hostsAndServicesRetryOutOfStep() throws IOException {
    Plan plan = plan("");
    long seed = service(plan, "docker").policy().seed();
    assertNotEquals(seed, service(plan, "kubelet").policy().seed());
    Loaded other =
        ConfigLoader.load(
            folder.resolve("main.yaml"),
            new Environment("m", "other", ConfigFolder.uid(), Optional.empty(), Optional.empty()));
    assertTrue(
        other instanceof Loaded.Good good
            && service(good.plan(), "docker").policy().seed() != seed);
  }
}
