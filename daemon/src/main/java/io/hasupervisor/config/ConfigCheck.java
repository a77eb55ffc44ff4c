package io.hasupervisor.config;

import io.hasupervisor.cluster.ManifestSettings.Wanted;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.Worker;
import io.hasupervisor.host.UnitSpec;
import io.hasupervisor.loop.Plan;
import io.hasupervisor.loop.ServiceSpec;
import io.hasupervisor.yaml.Problem;
import io.hasupervisor.yaml.Problems;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The text of {@code ha-supervisor check-config}. */
public final class ConfigCheck {
  private ConfigCheck() {}

  /** Some lines, each ended; one line for each problem or each service. */
  public static String render(Loaded loaded) {
    return switch (loaded) {
      case Loaded.Good good -> good(good.plan(), good.files());
      case Loaded.Bad bad -> bad(bad.problems());
    };
  }

  private static String bad(List<Problem> problems) {
    String all = problems.stream().map(problem -> problem + "\n").collect(Collectors.joining());
    String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
    String more = problems.size() >= Problems.LIMIT ? " and perhaps more" : "";
    return all + count + more + "; a configuration with problems changes nothing\n";
  }

  private static String good(Plan plan, List<Path> files) {
    StringBuilder text = new StringBuilder("ok: ");
    int count = plan.services().size();
    text.append(count == 1 ? "1 service" : count + " services");
    text.append(plan.settings().observeOnly() ? ", observed only" : "");
    text.append(", from ")
        .append(files.stream().map(Path::toString).collect(Collectors.joining(", ")))
        .append('\n');
    plan.services().forEach(service -> text.append("  ").append(line(service)).append('\n'));
    plan.master().ifPresent(master -> text.append("  ").append(line(master)).append('\n'));
    plan.worker().ifPresent(worker -> text.append("  ").append(line(worker)).append('\n'));
    return text.toString();
  }

  private static String line(Worker worker) {
    return "worker: apiservers by "
        + worker.apiserver().map(URI::toString).orElse("what the kubelet's file says");
  }

  private static String line(Master master) {
    int count = master.cluster().masters().size();
    return "master %s of %s (%s, %s): manifests %s for %s"
        .formatted(
            master.node().name(),
            master.cluster().name(),
            master.profile().label(),
            count == 1 ? "1 master" : count + " masters",
            master.manifests().wanted().stream()
                .map(Wanted::name)
                .collect(Collectors.joining(", ")),
            master.manifests().directory());
  }

  private static String line(ServiceSpec service) {
    String probes =
        service.checks().stream().map(c -> c.probe().name()).collect(Collectors.joining(", "));
    List<String> dependsOn = service.policy().dependsOn();
    return service.name()
        + ": "
        + what(service.unit())
        + (dependsOn.isEmpty() ? "" : "; after " + String.join(", ", dependsOn))
        + (probes.isEmpty() ? "; no probes" : "; probes: " + probes)
        + (service.policy().observeOnly() ? "; observed only" : "");
  }

  private static String what(UnitSpec unit) {
    return switch (unit) {
      case UnitSpec.Systemd systemd -> "systemd " + systemd.unit();
      case UnitSpec.Script script -> "script " + script.start().getFirst();
      case UnitSpec.Exec exec -> "exec " + exec.command().getFirst();
    };
  }
}
