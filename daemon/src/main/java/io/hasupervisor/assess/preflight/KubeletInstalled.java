package io.hasupervisor.assess.preflight;

import static io.hasupervisor.assess.preflight.Check.Result.FAILED;
import static io.hasupervisor.assess.preflight.Check.Result.WARNING;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.observe.preflight.KubeletSeen;
import io.hasupervisor.observe.preflight.ServiceSeen;
import io.hasupervisor.yaml.Quote;
import java.util.ArrayList;
import java.util.List;

/** Whether the kubelet is there, its service too, and it is told of the manifest directory. */
public final class KubeletInstalled {
  private static final String PACKAGE =
      "apt-get install kubelet, from the repository of the cluster's version at pkgs.k8s.io";

  /** A unit for a kubelet that came without one. */
  private static final String UNIT =
      "printf '%%s\\n' '[Unit]' 'Description=kubelet' 'After=network-online.target' '[Service]'"
          + " 'EnvironmentFile=-/etc/default/kubelet' 'ExecStart=%s $DAEMON_ARGS' 'Restart=always'"
          + " 'RestartSec=10' '[Install]' 'WantedBy=multi-user.target' > /etc/systemd/system/%s"
          + " && systemctl daemon-reload && systemctl enable %s";

  private KubeletInstalled() {}

  /**
   * Program, service, settings.
   *
   * @param findings what {@code KubeletRule} says; empty too where there is no master to judge for
   */
  public static List<Check> checks(KubeletSeen seen, ServiceSeen service, List<Finding> findings) {
    List<Check> checks = new ArrayList<>();
    boolean told = findings.stream().anyMatch(each -> each.code().equals("KUBELET_MISSING"));
    findings.forEach(finding -> checks.add(Check.of(Area.KUBELET, finding)));
    if (seen.program().isPresent()) {
      checks.addFirst(version(seen, seen.program().get().toString()));
    } else if (!told) {
      checks.addFirst(
          new Check(
              Area.KUBELET,
              "KUBELET_MISSING",
              FAILED,
              "kubelet",
              "there is no kubelet in /usr/bin or /usr/local/bin: nothing runs the manifests",
              PACKAGE));
    }
    checks.addAll(ServiceRule.installed(Area.KUBELET, "KUBELET", service, install(seen, service)));
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
                    "does not say its version in time: it may not be a whole program for this host",
                    "see what it says: " + Quote.word(program) + " --version"));
  }

  private static String install(KubeletSeen seen, ServiceSeen service) {
    return switch (service.kind()) {
      case SYSTEMD ->
          seen.program()
              .map(
                  program ->
                      UNIT.formatted(
                          program, Quote.word(service.what()), Quote.word(service.what())))
              .orElse(PACKAGE);
      case SCRIPT, EXEC ->
          "put it there, or set services.%s in /etc/ha-supervisor/ha-supervisor.yaml to what starts it; then: chmod 0755 %s"
              .formatted(service.service(), Quote.word(service.what()));
    };
  }
}
