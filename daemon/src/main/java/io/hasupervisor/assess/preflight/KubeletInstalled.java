package io.hasupervisor.assess.preflight;

import static io.hasupervisor.assess.preflight.Check.Result.FAILED;
import static io.hasupervisor.assess.preflight.Check.Result.WARNING;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.cluster.Profile;
import io.hasupervisor.observe.preflight.KubeletSeen;
import io.hasupervisor.observe.preflight.ServiceSeen;
import io.hasupervisor.yaml.Quote;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether the kubelet is there, its service too, and it is told of the manifest directory. */
public final class KubeletInstalled {
  private static final String PACKAGE =
      "apt-get install kubelet, from the repository of the cluster's version at pkgs.k8s.io";

  /** Codes of findings about the program itself. */
  private static final Set<String> PROGRAM = Set.of("KUBELET_MISSING", "KUBELET_NOT_EXECUTABLE");

  private KubeletInstalled() {}

  /**
   * Program, service, settings: the kubelet's files are of no use without the first two.
   *
   * @param findings what {@code KubeletRule} says; empty too where there is no master to judge for
   * @param profile empty where there is no master
   */
  public static List<Check> checks(
      KubeletSeen seen, ServiceSeen service, List<Finding> findings, Optional<Profile> profile) {
    List<Check> program = new ArrayList<>();
    List<Check> settings = new ArrayList<>();
    findings.forEach(
        finding ->
            (PROGRAM.contains(finding.code()) ? program : settings)
                .add(Check.of(Area.KUBELET, finding)));
    if (seen.program().isPresent()) {
      program.add(version(seen, seen.program().get().toString()));
    } else if (program.isEmpty()) {
      program.add(
          new Check(
              Area.KUBELET,
              "KUBELET_MISSING",
              FAILED,
              "kubelet",
              "there is no kubelet in /usr/bin or /usr/local/bin: nothing runs the manifests",
              PACKAGE));
    }
    List<Check> checks = new ArrayList<>(program);
    checks.addAll(
        ServiceRule.installed(Area.KUBELET, "KUBELET", service, install(seen, service, profile)));
    checks.addAll(settings);
    return checks;
  }

  private static Check version(KubeletSeen seen, String program) {
    return seen.version()
        .map(said -> Check.ok(Area.KUBELET, program, said))
        .orElseGet(
            () ->
                new Check(
                    Area.KUBELET,
                    "KUBELET_NO_VERSION",
                    WARNING,
                    program,
                    "does not say its version: " + seen.problem(),
                    "see what it says: " + Quote.word(program) + " --version"));
  }

  private static String install(KubeletSeen seen, ServiceSeen service, Optional<Profile> profile) {
    String unit = Quote.word(service.what());
    return switch (service.kind()) {
      case SYSTEMD ->
          seen.program()
              .map(Path::toString)
              // Where the cure of a missing program puts it.
              .or(() -> profile.filter(Profile.SEED::equals).map(_ -> "/usr/local/bin/kubelet"))
              .map(program -> unit(program, unit))
              .orElse(PACKAGE);
      case SCRIPT, EXEC ->
          "put it there, or set services.%s in /etc/ha-supervisor/ha-supervisor.yaml to what starts it; then: chmod 0755 %s"
              .formatted(service.service(), unit);
    };
  }

  /** The command that writes one for a kubelet that came without. */
  private static String unit(String program, String unit) {
    return "printf '%s\\n' '[Unit]' 'Description=kubelet' 'After=network-online.target' '[Service]'"
        + " 'EnvironmentFile=-/etc/default/kubelet' 'ExecStart="
        + program
        + " $DAEMON_ARGS' 'Restart=always' 'RestartSec=10' '[Install]'"
        + " 'WantedBy=multi-user.target' > /etc/systemd/system/"
        + unit
        + " && systemctl daemon-reload && systemctl enable "
        + unit;
  }
}
