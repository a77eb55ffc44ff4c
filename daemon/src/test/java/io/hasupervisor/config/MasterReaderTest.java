package io.hasupervisor.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.cluster.ApiserverSettings;
import io.hasupervisor.cluster.BackupSettings;
import io.hasupervisor.cluster.BackupSettings.Keep;
import io.hasupervisor.cluster.Cluster.Etcd;
import io.hasupervisor.cluster.Cluster.LoadBalancer;
import io.hasupervisor.cluster.CredentialSettings;
import io.hasupervisor.cluster.EtcdLimits;
import io.hasupervisor.cluster.EtcdLimits.Pair;
import io.hasupervisor.cluster.EtcdSettings;
import io.hasupervisor.cluster.EtcdSettings.Attest;
import io.hasupervisor.cluster.EtcdSettings.Tls;
import io.hasupervisor.cluster.KubeletSettings;
import io.hasupervisor.cluster.ManifestSettings;
import io.hasupervisor.cluster.ManifestSettings.Mount;
import io.hasupervisor.cluster.ManifestSettings.Wanted;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.Master.Node;
import io.hasupervisor.cluster.Profile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a master and its cluster becomes one record, or nothing without a profile. */
final class MasterReaderTest {
  private static final String THREE =
      """
      node: {name: b, address: 10.0.0.2}
      cluster:
        masters: {c: 10.0.0.3, a: 10.0.0.1, b: 10.0.0.2}
        load-balancer: 10.0.0.10
        etcd: {token: t}
      """;

  @TempDir Path folder;

  private Master master(String content) throws IOException {
    return new ConfigFolder(folder).with("main.yaml", content).plan().master().orElseThrow();
  }

  @Test
  void withoutAProfileThereIsNoMasterAndNothingIsMissing() throws IOException {
    assertEquals(
        Optional.empty(), new ConfigFolder(folder).with("main.yaml", THREE).plan().master());
    assertEquals("b", new ConfigFolder(folder).with("main.yaml", THREE).plan().settings().node());
  }

  @Test
  void eachProfileHasItsPathsAndPorts() throws IOException {
    Master seed = master(THREE + "manifests: {profile: seed}");
    assertEquals(Profile.SEED, seed.profile());
    assertEquals(new Node("b", "10.0.0.2"), seed.node());
    assertEquals(List.of("c", "a", "b"), List.copyOf(seed.cluster().masters().keySet()));
    assertEquals(Optional.of(new LoadBalancer("10.0.0.10", 443)), seed.cluster().loadBalancer());
    assertEquals(
        new Etcd(Path.of("/var/etcd/data"), Optional.empty(), false, "t", Optional.empty(), false),
        seed.cluster().etcd());
    assertEquals(
        new CredentialSettings(Path.of("/srv/kubernetes"), Duration.ofDays(30), Duration.ofDays(7)),
        seed.credentials());
    assertEquals(new KubeletSettings(Path.of("/etc/default/kubelet")), seed.kubelet());

    Master modern = master(THREE + "manifests: {profile: modern}");
    assertEquals(Optional.of(new LoadBalancer("10.0.0.10", 6443)), modern.cluster().loadBalancer());
    assertEquals(Path.of("/var/lib/etcd"), modern.cluster().etcd().data());
    assertEquals(Path.of("/etc/kubernetes/pki"), modern.credentials().directory());
    assertEquals(Path.of("/var/lib/kubelet/config.yaml"), modern.kubelet().config());
  }

  @Test
  void etcdIsPlacedFirstThenTheApiserverAndFurtherOnesLast() throws IOException {
    ManifestSettings manifests =
        master(
                THREE
                    + """
                    manifests:
                      profile: seed
                      drift: enforce
                      foreign: quarantine
                      set:
                        haproxy: {template: /etc/haproxy.yaml}
                        kube-scheduler: {enabled: false}
                        etcd:
                          template: own/etcd.yaml
                          image: etcd:2
                          extra-flags: [--debug]
                          extra-mounts: [{host: /a, inside: /b}, {host: /c, inside: /d, read-only: false}]
                    """)
            .manifests();
    assertEquals(
        List.of("etcd", "kube-apiserver", "kube-controller-manager", "haproxy"),
        manifests.wanted().stream().map(Wanted::name).toList());
    assertEquals(
        new Wanted(
            "etcd",
            folder.resolve("own/etcd.yaml"),
            Optional.of("etcd:2"),
            List.of("--debug"),
            List.of(
                new Mount(Path.of("/a"), Path.of("/b"), true),
                new Mount(Path.of("/c"), Path.of("/d"), false))),
        manifests.wanted().getFirst());
    assertEquals(
        folder.resolve("manifests/seed/kube-apiserver.yaml"), manifests.wanted().get(1).template());
    assertTrue(manifests.wanted().get(1).image().isPresent());
    assertEquals(Optional.empty(), manifests.wanted().getLast().image());
    assertTrue(manifests.enforce() && manifests.quarantine());
  }

  @Test
  void sharedStorageHasADirectoryForEachNode() throws IOException {
    Etcd etcd =
        master(
                THREE.replace("token: t", "token: t, shared: true, data-directory: /mnt/etcd")
                    + "manifests: {profile: seed}")
            .cluster()
            .etcd();
    assertEquals(Path.of("/mnt/etcd/b"), etcd.data());
  }

  @Test
  void oneMasterAloneAndTwoTogetherAreTaken() throws IOException {
    String profile = "manifests: {profile: modern}\nnode: {name: a, address: 10.0.0.1}\n";
    assertEquals(
        1, master(profile + "cluster: {masters: {a: 10.0.0.1}}").cluster().masters().size());
    assertEquals(
        2,
        master(profile + "cluster: {masters: {a: 10.0.0.1, b: 10.0.0.2}, etcd: {token: t}}")
            .cluster()
            .masters()
            .size());
  }

  @Test
  void aLoadBalancerMayHaveAPortAndIpv6ItsBrackets() throws IOException {
    String profile = "manifests: {profile: seed}\nnode: {name: a, address: 'FD00::1'}\n";
    for (Map.Entry<String, LoadBalancer> each :
        Map.of(
                "lb.example.com:8443", new LoadBalancer("lb.example.com", 8443),
                "'[fd00::10]:6443'", new LoadBalancer("fd00::10", 6443),
                "'[fd00::10]'", new LoadBalancer("fd00::10", 443))
            .entrySet()) {
      Master master =
          master(
              profile + "cluster: {masters: {a: 'fd00::1'}, load-balancer: " + each.getKey() + "}");
      assertEquals(Optional.of(each.getValue()), master.cluster().loadBalancer());
      assertEquals(new Node("a", "fd00::1"), master.node());
    }
  }

  @Test
  void etcdIsWatchedAsEachProfileHasItUnlessSaidOtherwise() throws IOException {
    EtcdSettings seed = master(THREE + "manifests: {profile: seed}").etcd();
    assertEquals(Optional.of("http://127.0.0.1:4001"), seed.local());
    assertEquals(List.of("http://10.0.0.3:4001", "http://10.0.0.1:4001"), seed.endpoints());
    assertEquals(Optional.empty(), seed.tls());

    Master modern = master(THREE + "manifests: {profile: modern}\ncredentials: {directory: /pki}");
    assertEquals(
        EtcdSettings.of(modern.profile(), modern.node(), modern.cluster(), Path.of("/pki")),
        modern.etcd());
    assertEquals(
        Optional.of(
            new Tls(
                Path.of("/pki/etcd/ca.crt"),
                Path.of("/pki/apiserver-etcd-client.crt"),
                Path.of("/pki/apiserver-etcd-client.key"))),
        modern.etcd().tls());
    assertEquals(BackupSettings.DEFAULT, modern.backup());
  }

  @Test
  void theOthersAreAskedAsTheOwnMemberIs() throws IOException {
    EtcdSettings etcd =
        master(
                THREE.replace("c: 10.0.0.3", "c: 'fd00::3'")
                    + """
                    manifests: {profile: seed}
                    etcd:
                      client-url: https://10.0.0.2:12379/
                      ca: /ca
                      client-certificate: /crt
                      client-key: /key
                    """)
            .etcd();
    assertEquals(Optional.of("https://10.0.0.2:12379"), etcd.local());
    assertEquals(List.of("https://[fd00::3]:12379", "https://10.0.0.1:12379"), etcd.endpoints());
    assertEquals(
        Optional.of(new Tls(Path.of("/ca"), Path.of("/crt"), Path.of("/key"))), etcd.tls());
  }

  @Test
  void anEtcdElsewhereHasEndpointsAlone() throws IOException {
    EtcdSettings etcd =
        master(
                THREE
                    + """
                    manifests: {profile: modern, set: {etcd: {enabled: false}}}
                    etcd: {client-url: none, endpoints: ["https://e:2379/"], attest: never, period: 1m}
                    """)
            .etcd();
    assertTrue(etcd.external());
    assertEquals(List.of("https://e:2379"), etcd.endpoints());
    assertEquals(Attest.NEVER, etcd.attest());
    assertEquals(Duration.ofMinutes(1), etcd.period());
  }

  @Test
  void apiserversAreWatchedAsEachProfileHasThemUnlessSaidOtherwise() throws IOException {
    ApiserverSettings seed = master(THREE + "manifests: {profile: seed}").apiserver();
    assertEquals(URI.create("http://127.0.0.1:8080"), seed.local());
    assertEquals(Optional.of(Path.of("/srv/kubernetes/ca.crt")), seed.ca());
    assertEquals(Map.of(), seed.kubeconfigs());

    ApiserverSettings modern =
        master(
                THREE
                    + """
                    manifests: {profile: modern}
                    apiserver: {kubeconfigs: {kube-scheduler: /k}}
                    """)
            .apiserver();
    assertEquals(URI.create("https://10.0.0.2:6443"), modern.local());
    assertEquals(
        Map.of(
            "kube-scheduler",
            Path.of("/k"),
            "kube-controller-manager",
            Path.of("/etc/kubernetes/controller-manager.conf")),
        modern.kubeconfigs());
  }

  @Test
  void howApiserversAreAskedIsReadKeyByKey() throws IOException {
    assertEquals(
        new ApiserverSettings(
            URI.create("https://127.0.0.1:8443"),
            Optional.of(Path.of("/ca")),
            Optional.of(Path.of("/crt")),
            Optional.of(Path.of("/key")),
            Optional.of(Path.of("/token")),
            Map.of(),
            Duration.ofSeconds(5)),
        master(
                THREE
                    + """
                    manifests: {profile: seed}
                    apiserver:
                      url: https://127.0.0.1:8443/
                      ca: /ca
                      client-certificate: /crt
                      client-key: /key
                      bearer-token-file: /token
                      period: 5s
                    """)
            .apiserver());
  }

  @Test
  void limitsAndBackupsAreReadKeyByKey() throws IOException {
    Master master =
        master(
            THREE
                + """
                manifests: {profile: seed}
                etcd: {limits: {quota: {warning: 0.5}, clock: {critical: 1m}, fragmented: 0.3}}
                backup:
                  enabled: false
                  directory: /mnt/backups/
                  every: 24h
                  keep: {weekly: 0}
                  same-device: allow
                  rate: 1MiB
                  hook: [/bin/copy, to]
                """);
    assertEquals(new Pair<>(0.5, 0.95), master.etcd().limits().quota());
    assertEquals(
        new Pair<>(Duration.ofSeconds(1), Duration.ofMinutes(1)), master.etcd().limits().clock());
    assertEquals(0.3, master.etcd().limits().fragmented());
    assertEquals(EtcdLimits.DEFAULT.fsync(), master.etcd().limits().fsync());
    assertEquals(
        new BackupSettings(
            false,
            Path.of("/mnt/backups"),
            Duration.ofHours(24),
            new Keep(24, 7, 0),
            true,
            1 << 20,
            List.of("/bin/copy", "to")),
        master.backup());
  }

  @Test
  void mastersOfSeveralFilesAreJoinedAndAnyChangeMakesAnotherPlan() throws IOException {
    ConfigFolder config =
        new ConfigFolder(folder).with("main.yaml", THREE + "manifests: {profile: seed}");
    var before = config.plan();
    assertEquals(before, config.plan());
    config.with("conf.d/d.yaml", "cluster: {masters: {d: 10.0.0.4}}");
    assertNotEquals(before, config.plan());
    assertEquals(4, config.plan().master().orElseThrow().cluster().masters().size());
  }
}
