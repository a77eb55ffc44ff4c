package io.hasupervisor.assess.manifest;

import static io.hasupervisor.assess.Finding.Severity.ADVICE;
import static io.hasupervisor.assess.Finding.Severity.CRITICAL;
import static io.hasupervisor.assess.Finding.Severity.WARNING;

import io.hasupervisor.cluster.Profile;
import io.hasupervisor.observe.manifest.HostFacts.Kind;
import org.junit.jupiter.api.Test;

/** The traps of apiserver, scheduler and controller-manager, and of the host under them. */
final class MasterRulesTest {
  private static final String APISERVER = "kube-apiserver.yaml";
  private static final String CONTROLLERS = "kube-controller-manager.yaml";
  private static final String SCHEDULER = "kube-scheduler.yaml";
  private static final String LOG = "/var/log/kube-scheduler.log";

  @Test
  void theApiserverAsksWhereEtcdListens() {
    Judged.seed()
        .edit(APISERVER, "etcd-servers=http://127.0.0.1:4001", "etcd-servers=http://127.0.0.1:2379")
        .finds("ETCD_SERVERS", CRITICAL, APISERVER, "--etcd-servers");
    Judged.seed()
        .edit(APISERVER, "etcd-servers=http://", "etcd-servers=https://")
        .finds("ETCD_SERVERS", CRITICAL, APISERVER, "--etcd-servers");
  }

  @Test
  void anApiserverWithOneEtcdIsAdvisedOf() {
    Judged.seed().finds("ETCD_SERVERS_LOCAL", ADVICE, APISERVER, "--etcd-servers");
    Judged.seed()
        .edit(APISERVER, "http://127.0.0.1:4001", "http://127.0.0.1:4001,http://10.0.0.1:4001")
        .lacks("ETCD_SERVERS_LOCAL");
  }

  @Test
  void theInsecurePortIsTold() {
    Judged.seed().finds("INSECURE_PORT", ADVICE, APISERVER, "--insecure-bind-address");
    Judged.seed()
        .edit(APISERVER, "insecure-bind-address=127.0.0.1", "insecure-bind-address=0.0.0.0")
        .finds("INSECURE_PORT", CRITICAL, APISERVER, "--insecure-bind-address");
    Judged.seed().edit(APISERVER, "insecure-port=8080", "insecure-port=0").lacks("INSECURE_PORT");
    Judged.modern().lacks("INSECURE_PORT");
  }

  @Test
  void tokensAreCheckedAndSignedWithAKeyOfAllMasters() {
    Judged bare =
        Judged.seed()
            .edit(APISERVER, "    - --service-account-key-file=/srv/kubernetes/server.key\n", "");
    bare.finds("NO_SERVICE_ACCOUNT_KEY", WARNING, APISERVER, "name: kube-apiserver");
    bare.finds("SIGNED_WITH_SERVER_KEY", WARNING, CONTROLLERS, "private-key-file");
    Judged.seed().finds("SIGNED_WITH_SERVER_KEY", ADVICE, CONTROLLERS, "private-key-file");
    Judged.modern().lacks("SIGNED_WITH_SERVER_KEY");
  }

  @Test
  void onlyOneSchedulerAndControllerManagerMayAct() {
    for (String file : new String[] {SCHEDULER, CONTROLLERS}) {
      Judged.seed()
          .edit(file, "    - --leader-elect=true\n", "")
          .finds("NO_LEADER_ELECTION", WARNING, file, "- name: kube-");
      Judged.seed()
          .edit(file, "--leader-elect=true", "--leader-elect=false")
          .finds("NO_LEADER_ELECTION", WARNING, file, "--leader-elect=false");
      Judged.seed().edit(file, "--leader-elect=true", "--leader-elect").lacks("NO_LEADER_ELECTION");
    }
  }

  @Test
  void aShellGivesItsPlaceToTheProgram() {
    Judged.seed()
        .edit(SCHEDULER, "exec \"$0\"", "nice \"$0\"")
        .finds("SHELL_WITHOUT_EXEC", WARNING, SCHEDULER, "/bin/sh");
    Judged.seed()
        .edit(SCHEDULER, "exec \"$0\"", "ulimit -n 4096 && A=b exec \"$0\"")
        .lacks("SHELL_WITHOUT_EXEC");
  }

  @Test
  void everyMemberOfTheControlPlaneHasALivenessProbe() {
    Judged.seed()
        .edit(APISERVER, "livenessProbe", "startupProbe")
        .finds("NO_LIVENESS_PROBE", WARNING, APISERVER, "name: kube-apiserver");
  }

  @Test
  void leftoversOfOthersAreFound() {
    Judged.seed()
        .edit(CONTROLLERS, "--cluster-name=kubernetes", "--cluster-name=e2e-test-x")
        .finds("TEST_CLUSTER_NAME", WARNING, CONTROLLERS, "--cluster-name");
    Judged.seed()
        .edit(CONTROLLERS, "    - --v=2", "    - --cloud-provider=gce")
        .finds("GCE_LEFTOVER", WARNING, CONTROLLERS, "--cloud-provider");
    Judged.seed()
        .edit(CONTROLLERS, "    - --v=2", "    - --cloud-provider=external")
        .lacks("GCE_LEFTOVER");
  }

  @Test
  void flagsThatTheImageDoesNotTakeAreFound() {
    Judged.seed()
        .only(SCHEDULER)
        .edit(SCHEDULER, "kube-scheduler-amd64:v1.9.11", "kube-scheduler:v1.31.2")
        .finds("REMOVED_FLAG", WARNING, SCHEDULER, "--address");
    Judged.modern()
        .only(APISERVER)
        .edit(APISERVER, "--secure-port=6443", "--basic-auth-file=/etc/kubernetes/pki/x.csv")
        .finds("REMOVED_FLAG", WARNING, APISERVER, "--basic-auth-file");
    Judged.seed().lacks("REMOVED_FLAG");
  }

  @Test
  void aDirectoryWhereALogFileShouldBeIsRefused() {
    Judged.seed().path(LOG, Kind.DIRECTORY).finds("LOG_IS_DIRECTORY", CRITICAL, SCHEDULER, LOG);
    Judged.seed().path(LOG, Kind.MISSING).finds("LOG_FILE_MISSING", ADVICE, SCHEDULER, LOG);
    Judged.seed().path(LOG, Kind.FILE).lacks("LOG_FILE_MISSING").lacks("LOG_IS_DIRECTORY");
  }

  @Test
  void aLogFileNeedsAType() {
    Judged.seed()
        .edit(SCHEDULER, "      type: File\n", "")
        .finds("LOG_WITHOUT_TYPE", WARNING, SCHEDULER, LOG);
  }

  @Test
  void filesThatFlagsNameAreThere() {
    String csv = "/srv/kubernetes/known_tokens.csv";
    Judged.seed().path(csv, Kind.MISSING).finds("FILE_MISSING", CRITICAL, APISERVER, csv);
    Judged.seed().path(csv, Kind.FILE).lacks("FILE_MISSING");
    Judged.seed()
        .edit(APISERVER, csv, "/elsewhere/tokens.csv")
        .finds("FILE_NOT_MOUNTED", WARNING, APISERVER, "/elsewhere");
  }

  @Test
  void aMissingDirectoryIsToldOnceAndNotForEachOfItsFiles() {
    Judged missing =
        Judged.seed()
            .only(APISERVER)
            .path("/srv/kubernetes", Kind.MISSING)
            .path("/srv/kubernetes/ca.crt", Kind.MISSING);
    missing.lacks("FILE_MISSING").finds("HOST_PATH_OF_OTHER_TYPE", CRITICAL, APISERVER, "/srv");
  }

  @Test
  void hostPathsAreOfTheirType() {
    Judged.modern()
        .path("/etc/kubernetes/scheduler.conf", Kind.DIRECTORY)
        .finds("HOST_PATH_OF_OTHER_TYPE", CRITICAL, SCHEDULER, "scheduler.conf");
    Judged.modern()
        .path("/etc/kubernetes/scheduler.conf", Kind.FILE)
        .lacks("HOST_PATH_OF_OTHER_TYPE");
  }

  @Test
  void theDataDirectoryIsMadeBeforePlacing() {
    Judged.seed()
        .forB(Profile.SEED)
        .path("/var/etcd/data", Kind.MISSING)
        .lacks("HOST_PATH_OF_OTHER_TYPE")
        .finds("ETCD_DATA_MISSING", ADVICE, "etcd.yaml", "/var/etcd/data");
  }

  @Test
  void anImageThatDockerLacksIsTold() {
    String etcd = "registry.k8s.io/etcd:3.1.12";
    Judged.seed().image(etcd, false).finds("IMAGE_MISSING", WARNING, "etcd.yaml", etcd);
    Judged.seed()
        .image(etcd, false)
        .path("/var/etcd/data/member", Kind.DIRECTORY)
        .finds("IMAGE_MISSING", CRITICAL, "etcd.yaml", etcd);
    Judged.seed().image(etcd, true).lacks("IMAGE_MISSING");
  }
}
