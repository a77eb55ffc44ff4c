package io.hasupervisor.assess.manifest;

import static io.hasupervisor.assess.Finding.Severity.WARNING;

import io.hasupervisor.yaml.Quote;
import java.util.List;
import java.util.Optional;

/** What was copied from other places and times. */
final class EraRules {
  /**
   * A flag that the program of a later version does not take.
   *
   * @param value that it is about; empty: any
   * @param since first version, 1.minor or for etcd 3.minor, that does not take it
   */
  private record Gone(Component of, String flag, String value, int since, String instead) {}

  private static final String SECURE = "the program has only its port with TLS, --secure-port";

  /** From the release notes of Kubernetes and etcd. */
  private static final List<Gone> GONE =
      List.of(
          new Gone(Component.APISERVER, "basic-auth-file", "", 19, "use client certificates"),
          new Gone(Component.APISERVER, "insecure-port", "", 24, SECURE),
          new Gone(Component.APISERVER, "insecure-bind-address", "", 24, SECURE),
          new Gone(Component.APISERVER, "address", "", 24, SECURE),
          new Gone(Component.APISERVER, "port", "", 24, SECURE),
          new Gone(
              Component.APISERVER,
              "admission-control",
              "",
              24,
              "use --enable-admission-plugins=NodeRestriction"),
          new Gone(
              Component.APISERVER,
              "enable-admission-plugins",
              "SecurityContextDeny",
              30,
              "leave SecurityContextDeny out"),
          new Gone(Component.CONTROLLER_MANAGER, "address", "", 24, SECURE),
          new Gone(Component.CONTROLLER_MANAGER, "port", "", 24, SECURE),
          new Gone(Component.SCHEDULER, "address", "", 24, SECURE),
          new Gone(Component.SCHEDULER, "port", "", 24, SECURE),
          new Gone(Component.ETCD, "enable-v2", "", 6, "leave it out"));

  private EraRules() {}

  static void judge(Program program, Report report) {
    if (program.component().isEmpty()) {
      return;
    }
    program.release().ifPresent(release -> removed(program, release, report));
    program
        .flag("cloud-provider")
        .filter(flag -> flag.value().equals("gce"))
        .ifPresent(
            flag ->
                report.add(
                    "GCE_LEFTOVER",
                    WARNING,
                    program.pod(),
                    flag.place(),
                    "--cloud-provider=gce makes the program ask Google's metadata service: anywhere"
                        + " else it fails at its start",
                    "remove the flag"));
    program
        .flag("cluster-name")
        .filter(flag -> flag.value().startsWith("e2e-test-"))
        .ifPresent(
            flag ->
                report.add(
                    "TEST_CLUSTER_NAME",
                    WARNING,
                    program.pod(),
                    flag.place(),
                    "--cluster-name="
                        + Quote.bare(flag.value())
                        + " is the name of somebody's test"
                        + " cluster: two clusters of one name touch each other's cloud resources",
                    "give the cluster its own name"));
  }

  private static void removed(Program program, Release release, Report report) {
    int major = program.is(Component.ETCD) ? 3 : 1;
    for (Gone gone : GONE) {
      Optional<Flag> flag = program.flag(gone.flag());
      if (flag.isPresent()
          && program.is(gone.of())
          && flag.get().value().contains(gone.value())
          && release.atLeast(major, gone.since())) {
        report.add(
            "REMOVED_FLAG",
            WARNING,
            program.pod(),
            flag.get().place(),
            "--"
                + gone.flag()
                + (gone.value().isEmpty() ? "" : "=…" + gone.value() + "…")
                + " is not taken by "
                + gone.of().program()
                + " "
                + release
                + " any more: it ends at"
                + " once",
            gone.instead());
      }
    }
  }
}
