package io.hasupervisor.assess.preflight;

import static io.hasupervisor.assess.preflight.Check.Result.ADVICE;
import static io.hasupervisor.assess.preflight.Check.Result.FAILED;

import io.hasupervisor.assess.docker.DockerRules;
import io.hasupervisor.observe.DockerInfo;
import io.hasupervisor.observe.preflight.KubeletSeen;
import io.hasupervisor.observe.preflight.RuntimeSeen;
import io.hasupervisor.observe.preflight.ServiceSeen;
import io.hasupervisor.yaml.Quote;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whether docker or containerd is there, runs and answers. */
public final class RuntimeRule {
  private RuntimeRule() {}

  /** Service, answer, settings. */
  public static List<Check> checks(
      ServiceSeen service, RuntimeSeen seen, KubeletSeen.Options kubelet) {
    List<Check> checks =
        new ArrayList<>(
            ServiceRule.installed(Area.RUNTIME, "RUNTIME", service, install(service.service())));
    boolean runs = service.problem().isPresent() || service.runs();
    switch (seen) {
      case RuntimeSeen.Docker docker -> {
        switch (docker.info()) {
          case DockerInfo.Answers answers ->
              checks.addAll(docker(answers, docker.settings(), kubelet));
          case DockerInfo.Silent silent -> checks.addAll(silent(service, runs, silent.why()));
        }
      }
      case RuntimeSeen.Containerd containerd ->
          checks.addAll(
              containerd
                  .version()
                  .map(version -> List.of(answers("containerd", "version " + version)))
                  .orElseGet(() -> silent(service, runs, containerd.why())));
      case RuntimeSeen.NotAsked not ->
          checks.add(
              Check.notChecked(
                  Area.RUNTIME,
                  service.service(),
                  "whether it answers: " + not.why(),
                  "apt-get install containerd"));
    }
    return checks;
  }

  private static Check answers(String name, String what) {
    return Check.ok(Area.RUNTIME, name, "answers, " + what);
  }

  private static List<Check> docker(
      DockerInfo.Answers info, boolean settings, KubeletSeen.Options kubelet) {
    List<Check> checks = new ArrayList<>();
    checks.add(
        answers(
            "docker",
            "version %s, storage driver %s, cgroup driver %s"
                .formatted(info.version(), info.storage(), info.cgroups())));
    if (!info.liveRestore()) {
      checks.add(
          new Check(
              Area.RUNTIME,
              "DOCKER_NO_LIVE_RESTORE",
              ADVICE,
              "docker",
              "live-restore is off: a restart of docker, or its start after a crash, stops etcd"
                  + " with every other container",
              DockerRules.cure(settings)));
    }
    kubelet
        .cgroupDriver()
        .filter(driver -> !driver.equals(info.cgroups()))
        .ifPresent(
            driver ->
                checks.add(
                    cgroups(driver, info.cgroups(), kubelet.cgroupFile().orElse(Path.of("/")))));
    return checks;
  }

  private static Check cgroups(String kubelet, String docker, Path file) {
    return new Check(
        Area.RUNTIME,
        "CGROUP_DRIVER_DIFFERS",
        FAILED,
        file.toString(),
        "the kubelet is told of cgroup driver %s and docker has %s: the kubelet does not start"
            .formatted(kubelet, docker),
        "sed -Ei 's/^(cgroupDriver: *|.*--cgroup-driver[= ])\"?%s\"?/\\1%s/' %s && ha-supervisor restart kubelet"
            .formatted(kubelet, docker, Quote.word(file.toString())));
  }

  private static List<Check> silent(ServiceSeen service, boolean runs, String why) {
    if (!service.installed()) {
      // That was said.
      return List.of();
    }
    if (!runs) {
      return ServiceRule.runs(Area.RUNTIME, "RUNTIME", service);
    }
    return List.of(
        new Check(
            Area.RUNTIME,
            "RUNTIME_SILENT",
            FAILED,
            service.service(),
            why,
            "see why: journalctl -n 50 -u "
                + Quote.word(service.what())
                + "; then: ha-supervisor explain "
                + Quote.word(service.service())));
  }

  private static String install(String service) {
    return service.equals("containerd")
        ? "apt-get install containerd"
        : "apt-get install docker.io";
  }
}
