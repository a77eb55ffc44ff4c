package io.hasupervisor.assess.manifest;

import static io.hasupervisor.assess.Finding.Severity.ADVICE;
import static io.hasupervisor.assess.Finding.Severity.CRITICAL;
import static io.hasupervisor.assess.Finding.Severity.WARNING;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.cluster.Profile;
import io.hasupervisor.observe.manifest.HostFacts.Kind;
import org.junit.jupiter.api.Test;

/** The traps of one etcd member and of its first start. */
final class EtcdRulesTest {
  private static final String ETCD = "etcd.yaml";
  private static final String MEMBER = "/var/etcd/data/member";
  private static final String STATIC =
      "    -"
          + " --initial-cluster=a=http://10.0.0.1:2380,b=http://10.0.0.2:2380,c=http://10.0.0.3:2380\n"
          + "    - --initial-cluster-token=t\n"
          + "    - --initial-cluster-state=new\n";

  private static Judged discovered(String url) {
    return Judged.seed().edit(ETCD, STATIC, "    - --discovery=" + url + "\n");
  }

  @Test
  void everyMemberHasANameOfItsOwn() {
    Judged.seed()
        .edit(ETCD, "    - --name=b\n", "")
        .finds("ETCD_NAME", CRITICAL, ETCD, "name: etcd-container");
    Judged.seed()
        .edit(ETCD, "--name=b", "--name=a")
        .forB(Profile.SEED)
        .finds("ETCD_NAME", CRITICAL, ETCD, "--name=a");
  }

  @Test
  void aNameMayComeFromTheEnvironment() {
    Judged.seed()
        .edit(ETCD, "    - --name=b\n", "")
        .edit(
            ETCD,
            "    livenessProbe:",
            "    env:\n    - {name: ETCD_NAME, value: b}\n    livenessProbe:")
        .lacks("ETCD_NAME")
        .lacks("ETCD_INITIAL_CLUSTER");
  }

  @Test
  void dataThatLandsElsewhereIsTold() {
    Judged trap = Judged.seed().edit(ETCD, "mountPath: /var/etcd/data", "mountPath: /var/etcd");
    assertTrue(
        trap.finds("ETCD_DATA_ELSEWHERE", WARNING, ETCD, "--data-dir")
            .text()
            .contains("at /var/etcd/data/data on the host"));
    trap.forB(Profile.SEED).finds("ETCD_DATA_ELSEWHERE", CRITICAL, ETCD, "--data-dir");
  }

  @Test
  void dataOutsideOfTheHostIsRefused() {
    Judged.seed()
        .edit(ETCD, "--data-dir=/var/etcd/data", "--data-dir=/data")
        .finds("ETCD_DATA_NOT_MOUNTED", CRITICAL, ETCD, "--data-dir");
    Judged.seed()
        .edit(ETCD, "    - --data-dir=/var/etcd/data\n", "")
        .finds("ETCD_DATA_NOT_MOUNTED", CRITICAL, ETCD, "name: etcd-container");
  }

  @Test
  void whatOthersAreToldMustBeListenedAt() {
    Judged.seed()
        .edit(ETCD, ",http://10.0.0.2:4001", "")
        .finds("ETCD_LISTEN_ADVERTISE", WARNING, ETCD, "--advertise-client-urls");
    Judged.seed()
        .edit(ETCD, "--listen-peer-urls=http://10.0.0.2", "--listen-peer-urls=http://10.0.0.9")
        .finds("ETCD_LISTEN_ADVERTISE", WARNING, ETCD, "--initial-advertise-peer-urls");
    Judged.seed()
        .edit(ETCD, "127.0.0.1:4001,http://10.0.0.2:4001", "0.0.0.0:4001")
        .lacks("ETCD_LISTEN_ADVERTISE")
        .lacks("ETCD_SERVERS");
  }

  @Test
  void oldImagesLackTheCheckOfMemberChanges() {
    Judged old = Judged.seed().edit(ETCD, "    - --strict-reconfig-check=true\n", "");
    old.lacks("ETCD_OLD");
    old.edit(ETCD, "etcd:3.1.12", "etcd:2.0.9").finds("ETCD_OLD", WARNING, ETCD, "2.0.9");
    old.edit(ETCD, "etcd:3.1.12", "etcd:3.0.17").finds("ETCD_OLD", WARNING, ETCD, "3.0.17");
    Judged.seed().edit(ETCD, "etcd:3.1.12", "etcd:3.0.17").lacks("ETCD_OLD");
  }

  @Test
  void aForcedNewClusterIsRefused() {
    Judged.seed()
        .edit(ETCD, "    - --name=b\n", "    - --name=b\n    - --force-new-cluster\n")
        .finds("ETCD_FORCE_NEW_CLUSTER", CRITICAL, ETCD, "--force-new-cluster");
  }

  @Test
  void theInitialClusterNamesThisMemberWithItsPeerUrl() {
    Judged.seed()
        .edit(ETCD, "b=http://10.0.0.2:2380,", "")
        .finds("ETCD_INITIAL_CLUSTER", CRITICAL, ETCD, "--initial-cluster=");
    Judged.seed()
        .edit(ETCD, "b=http://10.0.0.2:2380,", "b=http://10.0.0.9:2380,")
        .finds("ETCD_INITIAL_CLUSTER", CRITICAL, ETCD, "--initial-cluster=");
  }

  @Test
  void theInitialClusterNamesTheConfiguredMasters() {
    Judged.seed()
        .edit(ETCD, ",c=http://10.0.0.3:2380", "")
        .forB(Profile.SEED)
        .finds("ETCD_OTHER_MEMBERS", WARNING, ETCD, "--initial-cluster=");
  }

  @Test
  void aStaticBootstrapHasAToken() {
    Judged.seed()
        .edit(ETCD, "    - --initial-cluster-token=t\n", "")
        .finds("ETCD_TOKEN_MISSING", WARNING, ETCD, "--initial-cluster=");
  }

  @Test
  void aMemberAloneIsTold() {
    Judged.seed().edit(ETCD, STATIC, "").finds("ETCD_ALONE", WARNING, ETCD, "etcd-container");
  }

  @Test
  void aNewClusterOverDataIsTold() {
    Judged.seed()
        .path(MEMBER, Kind.DIRECTORY)
        .finds("ETCD_STATE_NEW", ADVICE, ETCD, "--initial-cluster-state");
    Judged.seed().path(MEMBER, Kind.MISSING).lacks("ETCD_STATE_NEW");
    Judged.seed()
        .edit(ETCD, "cluster-state=new", "cluster-state=existing")
        .path(MEMBER, Kind.MISSING)
        .finds("ETCD_STATE_EXISTING", ADVICE, ETCD, "--initial-cluster-state");
  }

  @Test
  void discoveryIsWarnedOfAndGoneFrom37() {
    Judged own = discovered("http://10.0.0.9:8087/token");
    own.lacks("ETCD_DISCOVERY_PUBLIC").finds("ETCD_DISCOVERY", WARNING, ETCD, "--discovery");
    own.edit(ETCD, "etcd:3.1.12", "etcd:3.7.0-0")
        .lacks("ETCD_DISCOVERY")
        .finds("ETCD_DISCOVERY_REMOVED", CRITICAL, ETCD, "--discovery");
    own.path(MEMBER, Kind.DIRECTORY)
        .finds("ETCD_DISCOVERY_WITH_DATA", WARNING, ETCD, "--discovery");
  }

  @Test
  void thePublicDiscoveryServiceIsGone() {
    Judged open = discovered("https://discovery.etcd.io/0123");
    open.finds("ETCD_DISCOVERY_PUBLIC", WARNING, ETCD, "--discovery");
    open.path(MEMBER, Kind.MISSING).finds("ETCD_DISCOVERY_PUBLIC", CRITICAL, ETCD, "--discovery");
    open.path(MEMBER, Kind.DIRECTORY).lacks("ETCD_DISCOVERY_PUBLIC");
  }
}
