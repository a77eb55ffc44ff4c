package io.hasupervisor.assess.manifest;

import static io.hasupervisor.assess.Finding.Severity.ADVICE;
import static io.hasupervisor.assess.Finding.Severity.CRITICAL;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What the kubelet would refuse, and what two pods cannot share. */
final class PodRulesTest {
  private static final String SCHEDULER = "kube-scheduler.yaml";
  private static final String ETCD = "etcd.yaml";

  @Test
  void refusesAVolumeMountWithoutVolume() {
    Judged.seed()
        .edit(
            SCHEDULER,
            "    volumeMounts:\n",
            "    volumeMounts:\n    - {name: gone, mountPath: /x}\n")
        .finds("MOUNT_WITHOUT_VOLUME", CRITICAL, SCHEDULER, "gone");
  }

  @Test
  void advisesOfAVolumeThatNobodyMounts() {
    Judged.seed()
        .edit(SCHEDULER, "  volumes:\n", "  volumes:\n  - {name: idle, emptyDir: {}}\n")
        .finds("VOLUME_UNUSED", ADVICE, SCHEDULER, "idle");
  }

  @Test
  void refusesNamesThatAreNoDnsNames() {
    Judged.seed()
        .edit(
            SCHEDULER, "  name: kube-scheduler\n  namespace", "  name: Kube_Scheduler\n  namespace")
        .finds("BAD_NAME", CRITICAL, SCHEDULER, "Kube_Scheduler");
    Judged.seed()
        .edit(SCHEDULER, "name: logfile", "name: log.file")
        .finds("BAD_NAME", CRITICAL, SCHEDULER, "log.file");
    Judged.seed()
        .edit(SCHEDULER, "- name: kube-scheduler", "- name: -x")
        .finds("BAD_NAME", CRITICAL, SCHEDULER, "-x");
    Judged.seed()
        .edit(SCHEDULER, "  name: kube-scheduler\n  namespace", "  name: a.b-c\n  namespace")
        .lacks("BAD_NAME");
  }

  @Test
  void refusesWhatIsThereTwice() {
    Judged.seed()
        .edit(SCHEDULER, "  volumes:\n", "  volumes:\n  - {name: logfile, emptyDir: {}}\n")
        .finds("VOLUME_TWICE", CRITICAL, SCHEDULER, "name: logfile");
    Judged.seed()
        .edit(
            SCHEDULER, "  containers:\n", "  containers:\n  - {name: kube-scheduler, image: x:1}\n")
        .finds("CONTAINER_TWICE", CRITICAL, SCHEDULER, "- name: kube-scheduler");
    Judged.seed()
        .edit(
            SCHEDULER,
            "    volumeMounts:\n",
            "    volumeMounts:\n    - {name: logfile, mountPath: /var/log/kube-scheduler.log}\n")
        .finds("MOUNT_PATH_TWICE", CRITICAL, SCHEDULER, "- name: logfile");
  }

  @Test
  void refusesAMasterWithoutTheHostsNetwork() {
    Judged.seed()
        .edit(ETCD, "hostNetwork: true", "hostNetwork: false")
        .finds("HOST_NETWORK_MISSING", CRITICAL, ETCD, "name: etcd-server");
    Judged.seed()
        .with(
            "x.yaml",
            "{apiVersion: v1, kind: Pod, metadata: {name: x}, spec: {containers: [{name: x, image:"
                + " x}]}}")
        .lacks("HOST_NETWORK_MISSING");
  }

  @Test
  void refusesAHostPortThatIsNotTheContainersOnTheHostsNetwork() {
    Judged.seed()
        .edit(ETCD, "hostPort: 4001", "hostPort: 4002")
        .finds("HOST_PORT_MISMATCH", CRITICAL, ETCD, "name: clientport");
  }

  @Test
  void refusesAPortOfTwoPods() {
    Judged.seed()
        .edit("kube-apiserver.yaml", "hostPort: 8080", "hostPort: 2380")
        .edit("kube-apiserver.yaml", "containerPort: 8080", "containerPort: 2380")
        .finds("PORT_CLASH", CRITICAL, "kube-apiserver.yaml", "name: local");
  }

  @Test
  void refusesAPortThatAFlagListensAt() {
    Judged.modern()
        .edit("kube-scheduler.yaml", "bind-address=127.0.0.1", "bind-address=10.0.0.2")
        .edit(
            "kube-scheduler.yaml",
            "    - --leader-elect=true\n",
            "    - --leader-elect=true\n    - --secure-port=2380\n")
        .finds("PORT_CLASH", CRITICAL, "kube-scheduler.yaml", "--secure-port=2380");
  }

  @Test
  void twoAddressesMayShareAPort() {
    String pod =
        "{apiVersion: v1, kind: Pod, metadata: {name: x}, spec: {hostNetwork: true, containers:"
            + " [{name: x, image: kube-scheduler, command: [kube-scheduler, --secure-port=2380,"
            + " --bind-address=127.0.0.1]}]}}";
    Judged etcd = Judged.modern().only(ETCD);
    etcd.with("x.yaml", pod).lacks("PORT_CLASH");
    etcd.with("x.yaml", pod.replace("127.0.0.1", "0.0.0.0"))
        .finds("PORT_CLASH", CRITICAL, "x.yaml", "2380");
  }

  @Test
  void refusesAPodThatAnotherFileHas() {
    String copy = Judged.seed().files().getOrDefault(ETCD, "");
    assertTrue(
        Judged.seed()
            .only(ETCD)
            .beside("etcd.yaml.bak", copy)
            .finds("POD_TWICE", CRITICAL, ETCD, "name: etcd-server")
            .text()
            .endsWith("now the one in etcd.yaml.bak"));
    Judged.seed()
        .only(ETCD)
        .beside(
            "other.yaml",
            copy.replace("namespace: kube-system", "namespace: other").replace("4001", "4003"))
        .lacks("POD_TWICE")
        .finds("PORT_CLASH", CRITICAL, ETCD, "name: serverport");
  }
}
