package io.hasupervisor.assess.preflight;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.assess.hostfiles.HostRules;
import io.hasupervisor.assess.hostfiles.SyncRule;
import io.hasupervisor.assess.storage.ClockRule;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.observe.hostfiles.RivalSeen;
import io.hasupervisor.yaml.Quote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Findings of the other rules as lines of a preflight, each in its area. */
public final class FindingChecks {
  private static final String RIVAL = "RIVAL_MONIT";
  private static final String CLOCK = "CLOCK_NOT_SYNCED";
  private static final String MISSING = "CREDENTIAL_MISSING";
  private static final String IMAGE = "IMAGE_MISSING";

  /** What the files of the host are asked for, too. */
  private static final Set<String> OF_HOST = Set.of("LOG_FILE_MISSING", "ETCD_DATA_MISSING");

  private static final Set<String> OF_CREDENTIALS =
      Set.of("FILE_MISSING", "HOST_PATH_OF_OTHER_TYPE");

  private FindingChecks() {}

  /** Of the files of a host, those about the kubelet. */
  public static List<Finding> kubelet(List<Finding> host) {
    return only(host, finding -> finding.code().startsWith("KUBELET_") || isFlag(finding));
  }

  /** Of the files of a host, those that no other area tells of. */
  public static List<Check> host(List<Finding> host) {
    List<Finding> rest =
        only(
            host,
            finding ->
                !finding.code().equals(RIVAL)
                    && !finding.code().equals(CLOCK)
                    && !kubelet(host).contains(finding));
    return Check.of(
        Area.HOST,
        rest,
        Check.ok(Area.HOST, "", "mounts, directories, disk and logs are in order"));
  }

  private static boolean isFlag(Finding finding) {
    return finding.subject().equals("kubelet") && !finding.code().equals(RIVAL);
  }

  /** Two supervisors undo each other's work, so one that runs is not borne here. */
  public static List<Check> supervisors(List<RivalSeen> rivals) {
    List<Check> checks = new ArrayList<>();
    for (Finding finding : HostRules.rivals(rivals)) {
      Check check = Check.of(Area.SUPERVISORS, finding);
      checks.add(
          check.result() == Check.Result.WARNING
              ? new Check(
                  check.area(),
                  check.code(),
                  Check.Result.FAILED,
                  check.subject(),
                  check.text(),
                  check.cure())
              : check);
    }
    return checks.isEmpty()
        ? List.of(
            Check.ok(Area.SUPERVISORS, "", "nobody else supervises kubelet, docker or containerd"))
        : checks;
  }

  /**
   * This host's clock and those of the other masters.
   *
   * @param ahead theirs minus ours, by name; without those that did not answer
   */
  public static List<Check> clock(
      Optional<Boolean> synchronised, Optional<Master> master, Map<String, Duration> ahead) {
    List<Finding> findings = new ArrayList<>(SyncRule.findings(synchronised));
    master.ifPresent(
        it ->
            findings.addAll(
                ClockRule.findings(
                    it.etcd().limits().clock(),
                    it.node().name(),
                    ahead.entrySet().stream()
                        .map(each -> new ClockRule.Clock(each.getKey(), each.getValue()))
                        .toList())));
    String kept =
        synchronised.isPresent() ? "is kept by a program" : "the kernel does not tell who keeps it";
    return Check.of(
        Area.CLOCK,
        findings,
        Check.ok(
            Area.CLOCK,
            "",
            kept
                + (ahead.isEmpty()
                    ? "; no other master told its own"
                    : "; agrees with " + String.join(", ", ahead.keySet()))));
  }

  /** Files that are not there, in one line, for one command makes them all; the rest as it is. */
  public static List<Check> credentials(Master master, List<Finding> findings) {
    List<Finding> missing = only(findings, FindingChecks::missing);
    List<Check> checks = new ArrayList<>();
    if (!missing.isEmpty()) {
      boolean critical = missing.stream().anyMatch(each -> each.severity() == Severity.CRITICAL);
      String archive = Quote.word("made/" + master.node().name() + ".tar.gz");
      checks.add(
          new Check(
              Area.CREDENTIALS,
              MISSING,
              critical ? Check.Result.FAILED : Check.Result.WARNING,
              master.credentials().directory().toString(),
              (missing.size() == 1 ? "missing: " : missing.size() + " are missing: ")
                  + String.join(", ", missing.stream().map(Finding::subject).sorted().toList()),
              "on one master, once for all: ha-supervisor credentials create --output made; then"
                  + " here, with that master's %1$s: tar -xzpf %1$s -C / -k".formatted(archive)));
    }
    findings.stream()
        .filter(finding -> !missing.contains(finding))
        .forEach(finding -> checks.add(Check.of(Area.CREDENTIALS, finding)));
    return checks.isEmpty()
        ? List.of(Check.ok(Area.CREDENTIALS, "", "certificates, keys and tokens are in order"))
        : checks;
  }

  /** Also the directory of all of them, where it is not there. */
  private static boolean missing(Finding finding) {
    return finding.code().equals(MISSING)
        || (finding.code().equals("CREDENTIALS_DIRECTORY")
            && finding.text().contains("does not exist"));
  }

  /** Of the manifests' findings, those about images. */
  public static List<Check> images(List<Finding> manifests, List<String> notChecked) {
    List<Check> checks =
        new ArrayList<>(
            notChecked.stream()
                .map(
                    why ->
                        Check.notChecked(
                            Area.IMAGES, "", why, "ha-supervisor preflight, once docker answers"))
                .toList());
    only(manifests, finding -> finding.code().equals(IMAGE))
        .forEach(finding -> checks.add(Check.of(Area.IMAGES, finding)));
    return checks.isEmpty()
        ? List.of(Check.ok(Area.IMAGES, "", "all images of the manifests are here"))
        : checks;
  }

  /**
   * Of the manifests' findings, the rest; without what host and credentials tell of already.
   *
   * @param credentials findings about credentials
   * @param count how many manifests were judged
   */
  public static List<Check> manifests(
      List<Finding> manifests, List<Finding> credentials, int count) {
    List<String> missing =
        credentials.stream().filter(FindingChecks::missing).map(Finding::subject).toList();
    List<Finding> rest =
        only(
            manifests,
            finding ->
                !finding.code().equals(IMAGE)
                    && !OF_HOST.contains(finding.code())
                    && !(OF_CREDENTIALS.contains(finding.code())
                        && missing.stream().anyMatch(finding.text()::contains)));
    return Check.of(
        Area.MANIFESTS,
        rest,
        Check.ok(
            Area.MANIFESTS,
            "",
            count == 1 ? "1 manifest is right" : count + " manifests are right"));
  }

  private static List<Finding> only(List<Finding> findings, Predicate<Finding> which) {
    return findings.stream().filter(which).toList();
  }
}
