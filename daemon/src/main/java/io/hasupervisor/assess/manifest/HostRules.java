package io.hasupervisor.assess.manifest;

import static io.hasupervisor.assess.Finding.Severity.ADVICE;
import static io.hasupervisor.assess.Finding.Severity.CRITICAL;
import static io.hasupervisor.assess.Finding.Severity.WARNING;

import io.hasupervisor.observe.manifest.HostFacts;
import io.hasupervisor.observe.manifest.HostFacts.Kind;
import io.hasupervisor.observe.manifest.Pod;
import io.hasupervisor.observe.manifest.Pod.HostPath;
import io.hasupervisor.observe.manifest.Pod.Mount;
import io.hasupervisor.observe.manifest.Pod.Volume;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Paths of the host, as a manifest wants them and as this host has them. */
final class HostRules {
  /** Names of flags whose value is a file that must be there before the program starts. */
  private static final Pattern FILE_FLAG =
      Pattern.compile(
          "(?!log-|audit-log).*(-file|-cafile|-certfile|-keyfile|kubeconfig|-certificate|-ca|-client-key)"
              + "|config|config-file|service-account-signing-key-file|requestheader-client-ca-file");

  private HostRules() {}

  /**
   * Judges one pod.
   *
   * @param etcdData where etcd's data is configured to lie; it is made before a manifest is placed
   */
  static void judge(Pod pod, Optional<HostFacts> host, Optional<String> etcdData, Report report) {
    for (Program program : Program.of(pod)) {
      HostPaths.logs(program).forEach(mount -> log(program, mount, host, report));
      files(program, host, report);
    }
    host.ifPresent(facts -> types(pod, facts, etcdData, report));
  }

  /** Docker makes a directory where it finds nothing to mount (kubernetes#16888). */
  private static void log(Program program, Mount mount, Optional<HostFacts> host, Report report) {
    Optional<HostPath> volume = program.pod().volume(mount.name()).flatMap(Volume::host);
    Optional<String> path = HostPaths.onHost(program.pod(), program.container(), mount.path());
    if (volume.isEmpty() || path.isEmpty()) {
      return;
    }
    Kind kind = kind(host, path.get());
    if (kind == Kind.DIRECTORY) {
      report.add(
          "LOG_IS_DIRECTORY",
          CRITICAL,
          program.pod(),
          volume.get().place(),
          path.get()
              + " is a directory on this host, not a file: the program cannot write its log"
              + " there and does not start",
          "look into it, then: rmdir " + path.get());
    } else if (kind == Kind.MISSING) {
      report.add(
          "LOG_FILE_MISSING",
          ADVICE,
          program.pod(),
          volume.get().place(),
          path.get()
              + " is not there yet: ha-supervisor makes it, as a file, before it places the"
              + " manifest",
          "without ha-supervisor: touch " + path.get());
    }
    if (volume.get().type().isEmpty()) {
      report.add(
          "LOG_WITHOUT_TYPE",
          WARNING,
          program.pod(),
          volume.get().place(),
          "hostPath "
              + volume.get().path()
              + " is a log file but has no type: where the file is"
              + " missing, docker makes a directory of this name and the program does not start",
          "add type: File under hostPath, and make the file first: touch " + volume.get().path());
    }
  }

  /** Certificates, keys, CSV files, kubeconfigs. */
  private static void files(Program program, Optional<HostFacts> host, Report report) {
    Set<String> told = new HashSet<>();
    for (Flag flag : program.flags()) {
      String path = flag.value();
      if (program.component().isEmpty()
          || !path.startsWith("/")
          || !FILE_FLAG.matcher(flag.name()).matches()) {
        continue;
      }
      Optional<String> onHost = HostPaths.onHost(program.pod(), program.container(), path);
      if (HostPaths.mount(program.container(), path).isEmpty()) {
        report.add(
            "FILE_NOT_MOUNTED",
            WARNING,
            program.pod(),
            flag.place(),
            "--"
                + flag.name()
                + " is "
                + path
                + ", which no volumeMount brings into the container:"
                + " unless the image has it, the program ends at once",
            "mount the directory it lies in");
      } else if (onHost.isPresent()
          && kind(host, onHost.get()) == Kind.MISSING
          && !typedAndMissing(program, path, host)
          && told.add(onHost.get())) {
        report.add(
            "FILE_MISSING",
            CRITICAL,
            program.pod(),
            flag.place(),
            "--"
                + flag.name()
                + " needs "
                + onHost.get()
                + ", which is not on this host: the"
                + " program ends at once",
            "put it there; ha-supervisor credentials check names all that are missing");
      }
    }
  }

  private static Kind kind(Optional<HostFacts> host, String path) {
    return host.map(facts -> facts.kind(path)).orElse(Kind.UNKNOWN);
  }

  /** Where all of a volume is missing, that is told once, and not of each of its files. */
  private static boolean typedAndMissing(Program program, String inside, Optional<HostFacts> host) {
    return HostPaths.mount(program.container(), inside)
        .flatMap(mount -> program.pod().volume(mount.name()))
        .flatMap(Volume::host)
        .filter(volume -> volume.type().matches("Directory|File"))
        .filter(volume -> kind(host, volume.path()) == Kind.MISSING)
        .isPresent();
  }

  /** The kubelet looks before it starts the pod. */
  private static void types(Pod pod, HostFacts facts, Optional<String> etcdData, Report report) {
    Set<String> logs = new HashSet<>();
    Program.of(pod).forEach(p -> HostPaths.logs(p).forEach(mount -> logs.add(mount.name())));
    for (Volume volume : pod.volumes()) {
      if (volume.host().isEmpty() || logs.contains(volume.name())) {
        continue;
      }
      HostPath host = volume.host().get();
      Kind kind = facts.kind(host.path());
      boolean wrong =
          switch (host.type()) {
            case "Directory" -> kind != Kind.DIRECTORY;
            case "DirectoryOrCreate" -> kind != Kind.DIRECTORY && kind != Kind.MISSING;
            case "File" -> kind != Kind.FILE;
            case "FileOrCreate" -> kind != Kind.FILE && kind != Kind.MISSING;
            default -> false;
          };
      if (wrong && kind == Kind.MISSING && etcdData.equals(Optional.of(host.path()))) {
        report.add(
            "ETCD_DATA_MISSING",
            ADVICE,
            pod,
            host.place(),
            host.path()
                + " is not there yet: ha-supervisor makes it before it places the manifest,"
                + " unless that would hide that data is lost",
            "where this host had data, find it before anything starts");
      } else if (wrong && kind != Kind.UNKNOWN) {
        report.add(
            "HOST_PATH_OF_OTHER_TYPE",
            CRITICAL,
            pod,
            host.place(),
            host.path()
                + " must be of type "
                + host.type()
                + ", but on this host "
                + (kind == Kind.MISSING ? "it is missing" : "it is none")
                + ": the kubelet does not start the pod",
            "make it, or correct the type");
      }
    }
  }
}
