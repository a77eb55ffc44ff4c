package io.hasupervisor.assess.hostfiles;

import static io.hasupervisor.assess.Finding.Severity.CRITICAL;
import static io.hasupervisor.assess.Finding.Severity.WARNING;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.Profile;
import io.hasupervisor.observe.hostfiles.FlagSeen;
import io.hasupervisor.observe.hostfiles.HostSeen;
import io.hasupervisor.observe.hostfiles.KubeletFile;
import io.hasupervisor.yaml.Place;
import io.hasupervisor.yaml.Quote;
import io.hasupervisor.yaml.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether there is a kubelet, and whether it is told to look into our manifest directory. */
public final class KubeletRule {
  private static final String CURE =
      "ha-supervisor host point-kubelet && ha-supervisor restart kubelet";

  private final Master master;
  private final HostSeen seen;
  private final Path directory;
  private final List<Finding> findings = new ArrayList<>();

  private KubeletRule(Master master, HostSeen seen) {
    this.master = master;
    this.seen = seen;
    this.directory = master.manifests().directory();
  }

  /** What is wrong with it. */
  public static List<Finding> findings(Master master, HostSeen seen) {
    KubeletRule rule = new KubeletRule(master, seen);
    rule.program();
    rule.file();
    return List.copyOf(rule.findings);
  }

  /** Whether a path as written is this directory. */
  public static boolean same(String written, Path directory) {
    return written.replaceAll("/+", "/").replaceAll("(?<=.)/$", "").equals(directory.toString());
  }

  private void program() {
    if (seen.program().isEmpty()) {
      add(
          "KUBELET_MISSING",
          CRITICAL,
          Optional.empty(),
          "there is no kubelet in /usr/bin or /usr/local/bin: nothing runs the manifests",
          switch (master.profile()) {
            case SEED ->
                "install the kubelet of the cluster's version V: curl -fLo /usr/local/bin/kubelet"
                    + " https://dl.k8s.io/release/V/bin/linux/amd64/kubelet && chmod 0755"
                    + " /usr/local/bin/kubelet, with /etc/init.d/kubelet and /etc/default/kubelet";
            case MODERN ->
                "apt-get install kubelet, from the repository of the cluster's version at"
                    + " pkgs.k8s.io";
          });
    } else if (!seen.executable()) {
      String program = seen.program().get().toString();
      add(
          "KUBELET_NOT_EXECUTABLE",
          CRITICAL,
          Optional.empty(),
          program + " may not be run",
          "chmod 0755 " + Quote.word(program));
    }
  }

  private void file() {
    Path file = seen.kubelet().file();
    switch (seen.kubelet()) {
      case KubeletFile.Absent _ -> {
        if (flags(List.of()).isEmpty()) {
          add(
              "KUBELET_FILE_MISSING",
              CRITICAL,
              Optional.empty(),
              file + " is not there: the kubelet is not told of " + directory,
              master.profile() == Profile.SEED
                  ? CURE
                  : "let the installation write it (kubeadm init phase kubelet-start), or name the"
                      + " kubelet's file in kubelet.config-file");
        }
      }
      case KubeletFile.Unusable unusable ->
          add(
              "KUBELET_FILE_UNUSABLE",
              CRITICAL,
              Optional.of(unusable.place()),
              file + " cannot be used: " + Quote.bare(unusable.why()),
              "mend it by hand, then: ha-supervisor host check");
      case KubeletFile.Flags flags -> {
        findings.addAll(FlagRule.findings(master, file, flags.shell()));
        if (flags(FlagSeen.in(file, flags.shell())).isEmpty()) {
          notPointed("--pod-manifest-path=" + directory + " in DAEMON_ARGS");
        }
      }
      case KubeletFile.Settings settings -> {
        List<FlagSeen> overriding = flags(List.of());
        settings
            .staticPodPath()
            .ifPresentOrElse(
                this::path,
                () -> {
                  if (overriding.isEmpty()) {
                    notPointed("staticPodPath: " + directory);
                  }
                });
      }
    }
  }

  /** Flags that name a directory, wherever written: they win over the settings. */
  private List<FlagSeen> flags(List<FlagSeen> own) {
    List<FlagSeen> directories = new ArrayList<>();
    for (FlagSeen flag : concat(own, seen.elsewhere())) {
      if (flag.namesSettings()) {
        settings(flag);
      } else {
        directories.add(flag);
        if (!same(flag.value(), directory)) {
          elsewhere(
              new Place(flag.file(), flag.line(), 1), flag.value(), flag.name() + "=" + directory);
        }
      }
    }
    return directories;
  }

  private void settings(FlagSeen flag) {
    boolean ours = same(flag.value(), master.kubelet().config());
    if (!ours && seen.kubelet() instanceof KubeletFile.Settings) {
      add(
          "KUBELET_OTHER_CONFIG",
          WARNING,
          Optional.of(new Place(flag.file(), flag.line(), 1)),
          "the kubelet reads " + Quote.bare(flag.value()) + ", not " + master.kubelet().config(),
          "set kubelet.config-file to the file that it reads");
    }
  }

  private void path(Value.Text path) {
    if (!same(path.text(), directory)) {
      elsewhere(path.place(), path.text(), "staticPodPath: " + directory);
    }
  }

  private void elsewhere(Place place, String value, String right) {
    add(
        "KUBELET_POINTS_ELSEWHERE",
        CRITICAL,
        Optional.of(place),
        "the kubelet looks into " + Quote.of(value) + ", and manifests are placed in " + directory,
        "write " + right + " there: " + CURE);
  }

  private void notPointed(String line) {
    add(
        "KUBELET_NOT_POINTED",
        CRITICAL,
        Optional.of(Place.wholeFile(seen.kubelet().file())),
        "nothing tells the kubelet of the manifest directory " + directory,
        "add " + line + ": " + CURE);
  }

  private static List<FlagSeen> concat(List<FlagSeen> one, List<FlagSeen> two) {
    List<FlagSeen> all = new ArrayList<>(one);
    all.addAll(two);
    return all;
  }

  private void add(
      String code, Severity severity, Optional<Place> place, String text, String cure) {
    findings.add(new Finding(code, severity, "kubelet", place, text, cure));
  }
}
