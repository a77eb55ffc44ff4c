package io.hasupervisor.command;

import io.hasupervisor.cluster.Addresses;
import io.hasupervisor.cluster.ManifestSettings.Wanted;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.Profile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The commands that restore etcd on all masters of one cluster from one file (control-plane 3.6).
 *
 * @param version of the etcd that was backed up; empty where it is not known
 * @param stamp tells this restore from others: in the new token and in names of directories
 */
record RestorePlan(
    Master master, Path stateDir, Path backup, String sha256, String version, String stamp) {
  private static final List<String> NEED_ETCD = List.of("kube-apiserver");

  /** The whole of it, as a shell reads it: what is not a command is a comment. */
  String text() {
    List<String> lines = new ArrayList<>();
    begin(lines);
    copy(lines);
    stop(lines);
    restore(lines);
    start(lines);
    return String.join(System.lineSeparator(), lines) + System.lineSeparator();
  }

  private void begin(List<String> lines) {
    lines.add("# Restores etcd of cluster " + master.cluster().name() + " on all its masters from");
    lines.add("#   " + backup);
    lines.add(
        "# All that was written after it is lost. Nothing of this has been run. Run it step by");
    lines.add("# step, each step on all masters before the next, and stop where one fails.");
    lines.add("# Do not do it while a voter still works: see ha-supervisor etcd status.");
    lines.add("#");
    lines.add("# Masters: " + initialCluster());
  }

  private void copy(List<String> lines) {
    step(lines, 1, "on this host: every master restores from the same file");
    others()
        .keySet()
        .forEach(
            name ->
                lines.add("scp -p " + quoted(backup) + " root@" + others().get(name) + ":/root/"));
    lines.add("cp -p " + quoted(backup) + " /root/");
    step(lines, 2, "on every master: it is that file");
    lines.add("echo '" + sha256 + "  " + copied() + "' | sha256sum -c");
  }

  private void stop(List<String> lines) {
    Path manifests = master.manifests().directory();
    step(
        lines,
        3,
        "on every master: freeze; nothing puts manifests back, all services stay as they are");
    lines.add("systemctl stop ha-supervisor");
    step(lines, 4, "on every master: the apiserver stops, so that nothing is written any more");
    lines.add("mkdir -p -m 0700 " + aside());
    for (String name : NEED_ETCD) {
      lines.add("mv " + manifests.resolve(name + ".yaml") + " " + aside() + "/");
    }
    lines.add(gone(apiserverPort()));
    step(lines, 5, "on every master, when step 4 is done on all: etcd stops");
    lines.add("mv " + manifests.resolve("etcd.yaml") + " " + aside() + "/");
    lines.add(gone(String.valueOf(master.profile().etcdClientPort())));
  }

  private void restore(List<String> lines) {
    Path image = master.cluster().etcd().data();
    for (Map.Entry<String, String> each : master.cluster().masters().entrySet()) {
      Path data = data(each.getKey());
      step(
          lines,
          6,
          "on "
              + each.getKey()
              + " ("
              + each.getValue()
              + "): its own member, new data; the old data is kept");
      lines.add("mkdir -m 0700 " + data + ".before-restore-" + stamp);
      lines.add(
          "[ ! -e %1$s/member ] || mv %1$s/member %1$s.before-restore-%2$s/"
              .formatted(data, stamp));
      lines.add(tool() + " snapshot restore " + copied() + " \\");
      lines.add("  --name " + each.getKey() + " \\");
      lines.add("  --initial-cluster " + initialCluster() + " \\");
      lines.add("  --initial-cluster-token " + token() + " \\");
      lines.add("  --initial-advertise-peer-urls " + peerUrl(each.getValue()) + " \\");
      lines.add("  --data-dir " + data + ".restored" + (bumps() ? " \\" : ""));
      if (bumps()) {
        lines.add("  --bump-revision 1000000000 --mark-compacted");
      }
      lines.add("mkdir -p -m 0700 " + data);
      lines.add("mv " + data + ".restored/member " + data + "/ && rmdir " + data + ".restored");
    }
    image(lines, image);
  }

  private void image(List<String> lines, Path data) {
    Optional<String> image =
        master.manifests().wanted().stream()
            .filter(wanted -> wanted.name().equals("etcd"))
            .findFirst()
            .flatMap(Wanted::image);
    Path parent = data.resolveSibling(".").normalize();
    image.ifPresent(
        name ->
            lines.add(
                "# Where "
                    + program()
                    + " is not on the host: docker run --rm -e ETCDCTL_API=3 -v /root:/root -v "
                    + parent
                    + ":"
                    + parent
                    + " --entrypoint "
                    + program()
                    + " "
                    + name
                    + " snapshot restore ... (as above)"));
    if (version.isEmpty()) {
      lines.add("# The version of the etcd that was backed up is not known. Use its own tool:");
      lines.add(
          "# from 3.6 etcdutl with --bump-revision 1000000000 --mark-compacted, in 3.5 etcdutl,");
      lines.add("# before that etcdctl with ETCDCTL_API=3.");
    }
  }

  private void start(List<String> lines) {
    Path manifests = master.manifests().directory();
    step(lines, 7, "on every master, when step 6 is done on all: etcd starts");
    lines.add("mv " + aside() + "/etcd.yaml " + manifests + "/");
    lines.add("# Wait until all members answer, on each master:");
    lines.add(tool("etcdctl") + flags() + " endpoint health");
    step(lines, 8, "on every master: the apiserver starts, and supervision");
    for (String name : NEED_ETCD) {
      lines.add("mv " + aside() + "/" + name + ".yaml " + manifests + "/");
    }
    lines.add("rmdir " + aside());
    lines.add("systemctl start ha-supervisor");
    step(lines, 9, "on every master: what this daemon saw before is no measure any more");
    lines.add("ha-supervisor etcd accept-restore --yes");
    lines.add("ha-supervisor etcd status");
    if (!bumps()) {
      lines.add("");
      lines.add(
          "# Revisions went back, and whoever watches remembers later ones: restart what does.");
      lines.add("#   on every node:   systemctl restart kubelet");
      lines.add("#   on every master: the controller manager's and the scheduler's container");
      lines.add("#   then controllers, operators and network agents of your own");
    }
    lines.add("");
    lines.add(
        "# Also, for members to come: set cluster.etcd.token to " + token() + " on all masters.");
    lines.add(
        "# Days later, when all is well, on every master: rm -r DATA.before-restore-" + stamp);
    lines.add("# with DATA = " + data(master.node().name()));
  }

  private static void step(List<String> lines, int number, String what) {
    lines.add("");
    lines.add("# " + number + ". " + what);
  }

  private static String gone(String port) {
    return "while ss -Hltn 'sport = :"
        + port
        + "' | grep -q .; do sleep 1; done  # until nobody listens";
  }

  private String apiserverPort() {
    return master.profile() == Profile.SEED ? "443" : "6443";
  }

  private Path aside() {
    return stateDir.resolve("restore-" + stamp);
  }

  private String copied() {
    return "/root/" + backup.getFileName();
  }

  private static String quoted(Path path) {
    return path.toString().matches("[A-Za-z0-9/._-]+")
        ? path.toString()
        : "'" + path.toString().replace("'", "'\\''") + "'";
  }

  private Map<String, String> others() {
    return master.cluster().masters().entrySet().stream()
        .filter(each -> !each.getKey().equals(master.node().name()))
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                Map.Entry::getValue,
                (first, _) -> first,
                java.util.TreeMap::new));
  }

  /** On shared storage each master has a directory of its name. */
  private Path data(String node) {
    Path own = master.cluster().etcd().data();
    return master.cluster().etcd().shared() ? own.resolveSibling(node) : own;
  }

  private String token() {
    return master.cluster().name() + "-restored-" + stamp;
  }

  private String initialCluster() {
    return master.cluster().masters().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(each -> each.getKey() + "=" + peerUrl(each.getValue()))
        .collect(Collectors.joining(","));
  }

  private String peerUrl(String address) {
    String host = Addresses.inUrl(address);
    return (master.profile() == Profile.SEED ? "http://" : "https://") + host + ":2380";
  }

  private int minor() {
    String[] parts = version.split("\\.", -1);
    return parts.length > 1 && parts[0].equals("3") && parts[1].matches("[0-9]{1,3}")
        ? Integer.parseInt(parts[1])
        : 0;
  }

  /** Whether the restored revisions can be put beyond all that anybody has seen. */
  private boolean bumps() {
    return minor() >= 6;
  }

  private String program() {
    return minor() >= 5 ? "etcdutl" : "etcdctl";
  }

  private String tool() {
    return tool(program());
  }

  private static String tool(String program) {
    return program.equals("etcdctl") ? "ETCDCTL_API=3 etcdctl" : program;
  }

  private String flags() {
    String endpoint = master.etcd().local().map(url -> " --endpoints=" + url).orElse("");
    return endpoint
        + master
            .etcd()
            .tls()
            .map(
                tls ->
                    " --cacert=%s --cert=%s --key=%s"
                        .formatted(tls.ca(), tls.certificate(), tls.key()))
            .orElse("");
  }
}
