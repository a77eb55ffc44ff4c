package io.hasupervisor.assess.preflight;

import static io.hasupervisor.assess.Finding.Severity.ADVICE;
import static io.hasupervisor.assess.Finding.Severity.CRITICAL;
import static io.hasupervisor.assess.Finding.Severity.WARNING;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.cluster.Addresses;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.yaml.Problem;
import io.hasupervisor.yaml.Quote;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whether the configuration makes this host a master, and this host is the one it speaks of. */
public final class ConfigurationRule {
  private static final int MOST = 7;

  private ConfigurationRule() {}

  /** A configuration that is wrong as a whole. */
  public static List<Check> wrong(List<Problem> problems) {
    return problems.stream()
        .map(
            problem ->
                new Check(
                    Area.CONFIGURATION,
                    "CONFIG_WRONG",
                    Check.Result.FAILED,
                    "",
                    problem.toString(),
                    "mend "
                        + (problem.line() == 0 ? "it" : "line " + problem.line())
                        + " in "
                        + Quote.word(problem.file().toString())
                        + ", then: ha-supervisor check-config"))
        .toList();
  }

  /**
   * One that makes no master of this host.
   *
   * @param hostName this host's
   * @param addresses of this host's interfaces, without those of loopback
   */
  public static List<Check> noMaster(Path config, String hostName, Set<String> addresses) {
    String address = addresses.stream().sorted().findFirst().orElse("ADDRESS");
    return List.of(
        new Check(
            Area.CONFIGURATION,
            "NO_PROFILE",
            Check.Result.FAILED,
            "",
            config + " makes no master of this host: manifests.profile is none",
            "ha-supervisor init asks for what it needs; or, with the other masters in place of"
                + " B=… and C=…: ha-supervisor init --profile modern --node-name %1$s --node-ip %2$s --masters %1$s=%2$s,B=…,C=… --load-balancer HOST:PORT"
                    .formatted(Quote.word(hostName), address)));
  }

  /** One that makes a worker of it. */
  public static List<Check> worker(Path config) {
    return List.of(
        new Check(
            Area.CONFIGURATION,
            "NO_PROFILE",
            Check.Result.FAILED,
            "",
            config + " makes this host a worker: role is worker",
            "a worker needs no preflight, see: ha-supervisor status; to make it a master, take"
                + " role: worker out of /etc/ha-supervisor/conf.d, then: ha-supervisor init"));
  }

  /** One that does. */
  public static List<Check> master(Master master, Set<String> addresses) {
    List<Finding> findings = new ArrayList<>();
    String address = master.node().address();
    if (!addresses.contains(Addresses.canonical(address))) {
      findings.add(
          Finding.of(
              "ADDRESS_NOT_HERE",
              CRITICAL,
              address,
              "node.address is on no interface of this host, which has "
                  + (addresses.isEmpty()
                      ? "none but loopback"
                      : String.join(", ", addresses.stream().sorted().toList()))
                  + ": etcd cannot listen there",
              "write this host's address as node.address and in cluster.masters, in"
                  + " /etc/ha-supervisor/conf.d/master.yaml; see: ip -brief address"));
    }
    int count = master.cluster().masters().size();
    if (count % 2 == 0 || count > MOST) {
      findings.add(
          Finding.of(
              "MASTERS_COUNT",
              count % 2 == 0 ? WARNING : ADVICE,
              "cluster.masters",
              count % 2 == 0
                  ? "etcd on %d masters survives the loss of no more of them than on %d"
                      .formatted(count, count - 1)
                  : count + " members of etcd make every write slower",
              "name "
                  + (count < MOST ? count - 1 + " or " + (count + 1) : "5")
                  + " masters in cluster.masters, in /etc/ha-supervisor/conf.d/master.yaml of"
                  + " every master"));
    }
    return Check.of(
        Area.CONFIGURATION,
        findings,
        Check.ok(
            Area.CONFIGURATION,
            "",
            "profile %s; this host is %s (%s), %s"
                .formatted(
                    master.profile().label(),
                    master.node().name(),
                    address,
                    count == 1 ? "the only master" : "one of " + count + " masters")));
  }
}
