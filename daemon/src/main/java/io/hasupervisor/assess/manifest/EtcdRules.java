package io.hasupervisor.assess.manifest;

import static io.hasupervisor.assess.Finding.Severity.CRITICAL;
import static io.hasupervisor.assess.Finding.Severity.WARNING;

import io.hasupervisor.cluster.Master;
import io.hasupervisor.observe.manifest.Pod;
import io.hasupervisor.observe.manifest.Pod.Volume;
import io.hasupervisor.yaml.Quote;
import java.util.List;
import java.util.Optional;

/** One etcd member by itself: its name, its data, its addresses, its age. */
final class EtcdRules {
  private EtcdRules() {}

  static void judge(Program etcd, Optional<Master> master, Report report) {
    if (etcd.flag("config-file").isEmpty()) {
      name(etcd, master, report);
    }
    data(etcd, master, report);
    addresses(etcd, "listen-client-urls", "advertise-client-urls", report);
    addresses(etcd, "listen-peer-urls", "initial-advertise-peer-urls", report);
    strictReconfiguration(etcd, report);
    if (etcd.flag("force-new-cluster").filter(Flag::on).isPresent()) {
      report.add(
          "ETCD_FORCE_NEW_CLUSTER",
          CRITICAL,
          etcd.pod(),
          etcd.place("force-new-cluster"),
          "--force-new-cluster throws all other members out at every start of this one",
          "remove the flag; it is for one single start by hand, after a disaster");
    }
  }

  private static void name(Program etcd, Optional<Master> master, Report report) {
    Optional<String> name = etcd.value("name");
    if (name.isEmpty()) {
      report.add(
          "ETCD_NAME",
          CRITICAL,
          etcd.pod(),
          etcd.container().place(),
          "etcd has no --name, so every member is called \"default\" and they cannot find each"
              + " other",
          "add --name with this node's name");
    } else if (master.isPresent() && !name.get().equals(master.get().node().name())) {
      report.add(
          "ETCD_NAME",
          CRITICAL,
          etcd.pod(),
          etcd.place("name"),
          "etcd is named "
              + Quote.of(name.get())
              + ", but this node is "
              + Quote.of(master.get().node().name())
              + ": it would be taken for another member",
          "set --name to " + master.get().node().name());
    }
  }

  /** Inside the container and on the host its data should have one path: people look by it. */
  private static void data(Program etcd, Optional<Master> master, Report report) {
    Pod pod = etcd.pod();
    String inside = HostPaths.etcdData(etcd);
    Optional<String> landing = HostPaths.onHost(pod, etcd.container(), inside);
    if (landing.isEmpty()) {
      report.add(
          "ETCD_DATA_NOT_MOUNTED",
          CRITICAL,
          pod,
          etcd.place("data-dir"),
          "--data-dir "
              + inside
              + " lies in no hostPath volume: the data is lost with the"
              + " container",
          "mount a directory of the host at " + inside);
      return;
    }
    Optional<String> wanted = master.map(m -> m.cluster().etcd().data().toString());
    boolean elsewhere = wanted.isPresent() && !same(wanted.get(), landing.get());
    if (elsewhere || (wanted.isEmpty() && !same(inside, landing.get()))) {
      String host =
          HostPaths.mount(etcd.container(), inside)
              .flatMap(mount -> pod.volume(mount.name()))
              .flatMap(Volume::host)
              .map(Pod.HostPath::path)
              .orElse("");
      report.add(
          "ETCD_DATA_ELSEWHERE",
          elsewhere ? CRITICAL : WARNING,
          pod,
          etcd.place("data-dir"),
          "--data-dir "
              + inside
              + " with the host's "
              + host
              + " mounted as it is puts the data"
              + " at "
              + landing.get()
              + " on the host, not at "
              + wanted.orElse(inside)
              + ": backups, space checks and restores look in the wrong place",
          "mount the directory of the host at --data-dir itself, and move data that is there"
              + " already");
    }
  }

  private static boolean same(String one, String other) {
    return one.replaceAll("/+$", "").equals(other.replaceAll("/+$", ""));
  }

  private static void addresses(Program etcd, String listen, String advertise, Report report) {
    List<Endpoint> listening = etcd.urls(listen);
    for (Endpoint told : etcd.urls(advertise)) {
      if (!listening.isEmpty() && listening.stream().noneMatch(l -> l.serves(told))) {
        report.add(
            "ETCD_LISTEN_ADVERTISE",
            WARNING,
            etcd.pod(),
            etcd.place(advertise),
            "--"
                + advertise
                + " tells others "
                + told
                + ", but --"
                + listen
                + " listens at "
                + String.join(", ", listening.stream().map(Endpoint::toString).toList())
                + " alone: from other hosts this member looks unreachable",
            "add " + told + " to --" + listen);
      }
    }
  }

  /** On by default from 3.1. */
  private static void strictReconfiguration(Program etcd, Report report) {
    Optional<Release> release = etcd.release();
    if (release.isPresent()
        && !release.get().atLeast(3, 1)
        && etcd.flag("strict-reconfig-check").filter(Flag::on).isEmpty()) {
      report.add(
          "ETCD_OLD",
          WARNING,
          etcd.pod(),
          etcd.container().image().place(),
          "etcd "
              + release.get()
              + " without --strict-reconfig-check takes changes of members that"
              + " cost it its quorum, and is not maintained",
          release.get().atLeast(2, 2)
              ? "add --strict-reconfig-check, and plan for a newer etcd"
              : "plan for a newer etcd, one minor version at a time: this one has no such check");
    }
  }
}
