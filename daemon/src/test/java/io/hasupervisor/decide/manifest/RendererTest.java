package io.hasupervisor.decide.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.cluster.Cluster.LoadBalancer;
import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.cluster.ManifestSettings.Mount;
import io.hasupervisor.cluster.Profile;
import io.hasupervisor.observe.manifest.Template;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Templates become manifests with the values in their places. */
final class RendererTest {
  private static final Masters SEED = Masters.of(Profile.SEED);

  @Test
  void theVariablesOfOldStillMeanTheSame() {
    String template =
        """
        command:
        - --name
        - ${NODE_NAME}
        - http://${NODE_IP}:2380
        - --discovery
        - ${DISCOVERY_TOKEN}
        - https://${MASTER_IP}
        """;
    assertEquals(
        """
        command:
        - --name
        - a
        - http://10.0.0.1:2380
        - --discovery
        - https://discovery.etcd.io/3e86b599
        - https://10.0.0.10
        """,
        SEED.discovery("https://discovery.etcd.io/3e86b599")
            .balancer(new LoadBalancer("10.0.0.10", 443))
            .render(template)
            .body());
  }

  @Test
  void everyScalarHasItsValue() {
    assertEquals(
        """
        a: 'https://[fd00::1]:2380'
        b: "fd00::1"
        c: fd00::10 [fd00::10] 8443 1
        d: kubernetes 10.96.0.0/12 10.244.0.0/16 cluster.local
        e: a=https://[fd00::1]:2380 token-1 new
        f: /var/lib/etcd /etc/kubernetes/pki registry.k8s.io/x:1
        """,
        Masters.of(Profile.MODERN)
            .node("a", "fd00::1")
            .masters(Map.of("a", "fd00::1"))
            .balancer(new LoadBalancer("fd00::10", 8443))
            .render(
                """
                a: 'https://${NODE_HOST}:2380'
                b: "${NODE_IP}"
                c: ${MASTER_IP} ${LOAD_BALANCER} ${LOAD_BALANCER_PORT} ${MASTER_COUNT}
                d: ${CLUSTER_NAME} ${SERVICE_CIDR} ${POD_CIDR} ${DNS_DOMAIN}
                e: ${INITIAL_CLUSTER} ${CLUSTER_TOKEN} ${CLUSTER_STATE}
                f: ${ETCD_DATA} ${PKI} ${IMAGE}
                """)
            .body());
  }

  @Test
  void bootstrapIsStaticOrByDiscovery() {
    String template = "command:\n- etcd\n- ${BOOTSTRAP_FLAGS}\n";
    assertEquals(
        """
        command:
        - etcd
        - --initial-cluster=a=http://10.0.0.1:2380,b=http://10.0.0.2:2380,c=http://10.0.0.3:2380
        - --initial-cluster-token=token-1
        - --initial-cluster-state=new
        """,
        SEED.render(template).body());
    assertEquals(
        "command:\n- etcd\n- --discovery=http://10.0.0.9:2379/v2/keys/discovery/x?y=z\n",
        SEED.discovery("http://10.0.0.9:2379/v2/keys/discovery/x?y=z").render(template).body());
  }

  @Test
  void listsBecomeAnyNumberOfItemsOrNone() {
    String template =
        """
        spec:
          command:
          - x
          - ${EXTRA_FLAGS}
          volumeMounts:
            - ${EXTRA_MOUNTS}
          volumes:
          - ${EXTRA_VOLUMES}
        """;
    assertEquals(
        "spec:\n  command:\n  - x\n  volumeMounts:\n  volumes:\n", SEED.render(template).body());
    assertEquals(
        """
        spec:
          command:
          - x
          - --a=b,c
          - '{"x": ''y''}'
          - '10'
          - '--'
          volumeMounts:
            - name: extra-1
              mountPath: '/in side'
              readOnly: true
            - name: extra-2
              mountPath: /c
          volumes:
          - name: extra-1
            hostPath:
              path: '/a: b #c'
          - name: extra-2
            hostPath:
              path: /d
        """,
        SEED.flags("--a=b,c", "{\"x\": 'y'}", "10", "--")
            .mounts(
                new Mount(Path.of("/a: b #c"), Path.of("/in side"), true),
                new Mount(Path.of("/d"), Path.of("/c"), false))
            .render(template)
            .body());
  }

  @Test
  void theFirstCommentsStayBehindAndTheOthersGoAlong() {
    assertEquals(
        "a: b\n# of a\nc: d\n",
        SEED.render("# About\n\n#  ${X}\na: b\r\n# of ${NODE_NAME}\nc: d").body());
  }

  @Test
  void theHeaderNamesTheTemplateAndTheHashOfTheRest() {
    Manifest manifest = SEED.render("a: b\n").manifest().orElseThrow();
    assertEquals("t.yaml", manifest.template());
    assertEquals(
        """
        # Made by ha-supervisor from t.yaml. Do not change it here: change
        # the template or the configuration, and run: ha-supervisor manifests place
        # sha256 of what follows: %s
        a: b
        """
            .formatted(new Manifest("", "", "a: b\n").sha256()),
        manifest.text());
  }

  @Test
  void theUidOfThePodChangesWithAnythingElseAndWithNothing() {
    String template = "a: ${POD_UID}\nb: ${CLUSTER_TOKEN}\n";
    String one = SEED.render(template).body();
    assertTrue(
        one.matches(
            "a: [0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\nb: token-1\n"),
        one);
    assertEquals(one, SEED.render(template).body());
    assertNotEquals(
        one, SEED.token("token-2").render(template).body().replace("token-2", "token-1"));
    assertNotEquals(one, SEED.node("b", "10.0.0.2").render(template).body());
  }

  @Test
  void theOrderInWhichMastersAreWrittenDoesNotMatter() {
    Map<String, String> backwards = new LinkedHashMap<>();
    SEED.masters().entrySet().stream()
        .sorted(Map.Entry.<String, String>comparingByKey().reversed())
        .forEach(each -> backwards.put(each.getKey(), each.getValue()));
    String template = "a: ${INITIAL_CLUSTER}\nb:\n- ${BOOTSTRAP_FLAGS}\n";
    assertEquals(
        SEED.render(template).manifest(), SEED.masters(backwards).render(template).manifest());
  }

  @Test
  void aTemplateOfAManifestThatNobodyWantsIsAMistakeOfTheCaller() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Renderer.render(SEED.master(), List.of(new Template("x", Path.of("x"), "a: b\n"))));
  }
}
