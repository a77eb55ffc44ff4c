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
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Templates become manifests, or everything that is wrong with them is said. */
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
  void aDiscoveryTokenThatIsNotSetIsRefusedWithTheCure() {
    assertEquals(
        List.of(
            "2:3 VARIABLE_WITHOUT_VALUE ${DISCOVERY_TOKEN} has no value: cluster.etcd.discovery is"
                + " not set | set cluster.etcd.discovery to the URL of a token, or take --discovery"
                + " and ${DISCOVERY_TOKEN} out and write \"- ${BOOTSTRAP_FLAGS}\", which also does"
                + " without a discovery service"),
        SEED.render("command:\n- ${DISCOVERY_TOKEN}\n").findings());
  }

  @Test
  void otherValuesThatAreNotSetAreRefusedWithTheirKey() {
    assertEquals(
        List.of(
            "1:4 VARIABLE_WITHOUT_VALUE ${LOAD_BALANCER} has no value: cluster.load-balancer is"
                + " not set | set it in the configuration, or take ${LOAD_BALANCER} out",
            "2:4 VARIABLE_WITHOUT_VALUE ${IMAGE} has no value: manifests.set.etcd.image is not set"
                + " | set it in the configuration, or take ${IMAGE} out"),
        SEED.image(Optional.empty()).render("a: ${LOAD_BALANCER}\nb: ${IMAGE}\n").findings());
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
  void aListStandsAloneInItsItem() {
    assertEquals(
        List.of(
            "1:10 LIST_NOT_ALONE ${EXTRA_FLAGS} becomes any number of items, so nothing may stand"
                + " beside it | give it a line of its own: - ${EXTRA_FLAGS}",
            "3:8 LIST_NOT_ALONE ${EXTRA_FLAGS} becomes any number of items, so nothing may stand"
                + " beside it | give it a line of its own: - ${EXTRA_FLAGS}",
            "4:4 LIST_NOT_ALONE ${BOOTSTRAP_FLAGS} becomes any number of items, so nothing may"
                + " stand beside it | give it a line of its own: - ${BOOTSTRAP_FLAGS}"),
        SEED.render(
                "command: ${EXTRA_FLAGS}\nargs:\n- etcd ${EXTRA_FLAGS}\n- \"${BOOTSTRAP_FLAGS}\"\n")
            .findings());
  }

  @Test
  void aListInATextIsNotSilentlyTorn() {
    assertEquals(
        List.of(
            "1:9 VALUE_CHANGES_STRUCTURE with its value this would be other YAML than the template:"
                + " \"script: |\" | put the whole value in quotation marks in the template"),
        SEED.render("script: |\n  - ${EXTRA_FLAGS}\n").findings());
  }

  @Test
  void unknownEmptyNestedAndOpenVariablesAreRefusedAllAtOnce() {
    List<String> findings =
        SEED.render(
                """
                # ${ANYTHING} goes here
                a: ${NODE_NAM}
                b: "x ${node_ip}"
                c: ${}
                d: ${NODE_${X}}
                e: ${NODE_NAME
                f: "${HOME:-/root}"  # ${X}
                """)
            .findings();
    assertEquals(
        List.of(
            "2:4 VARIABLE_UNKNOWN",
            "3:7 VARIABLE_UNKNOWN",
            "4:4 VARIABLE_EMPTY",
            "5:4 VARIABLE_NESTED",
            "6:4 VARIABLE_NOT_CLOSED",
            "7:5 VARIABLE_UNKNOWN",
            "7:24 VARIABLE_UNKNOWN"),
        findings.stream().map(f -> f.replaceAll("^(\\S+ \\S+).*", "$1")).toList());
    assertTrue(findings.get(0).endsWith("| did you mean ${NODE_NAME}?"), findings.get(0));
    assertTrue(findings.get(1).endsWith("| did you mean ${NODE_IP}?"), findings.get(1));
    assertTrue(findings.get(5).contains("a shell's variables are written $X"), findings.get(5));
  }

  @Test
  void findingsAreBounded() {
    assertEquals(100, SEED.render("a: x\n" + "#${X}${\n".repeat(100_000)).findings().size());
  }

  @Test
  void oneBadTemplateRefusesTheWholeSet() {
    Rendering rendering =
        Renderer.render(
            SEED.master(),
            List.of(
                new Template("etcd", Path.of("good.yaml"), "a: b\n"),
                new Template("kube-scheduler", Path.of("bad.yaml"), "a: ${X}\n")));
    assertTrue(
        rendering instanceof Rendering.Refused refused
            && refused.findings().size() == 1
            && refused.findings().getFirst().subject().equals("kube-scheduler"));
  }

  @Test
  void valuesThatCouldBeMoreThanAValueAreForbidden() {
    for (String path : List.of("/a b", "/a\nb: c", "/a\"", "/a'", "/{a}", "/a#", "/${X}", "/é")) {
      List<String> findings =
          SEED.paths(Path.of("/var/etcd"), Path.of(path)).render("a: ${PKI}\n").findings();
      assertTrue(
          findings.size() == 1 && findings.getFirst().startsWith("1:4 VALUE_FORBIDDEN the value"),
          path + findings);
    }
    assertEquals(
        List.of(
            "1:4 VALUE_FORBIDDEN the value of ${PKI} could change the structure of the file:"
                + " \"/a b\" | set credentials.directory to letters, digits and . _ / : @ = , + %"
                + " ~ ? & [ ] - alone"),
        SEED.paths(Path.of("/var/etcd"), Path.of("/a b")).render("a: ${PKI}\n").findings());
  }

  @Test
  void itemsWithHiddenCharactersOrVariablesAreForbidden() {
    for (String flag : List.of("--a\n- b", "--a\u0000", "--a\u2028b", "--a\u202eb", "${X}", "\t")) {
      List<String> findings = SEED.flags(flag).render("a:\n- ${EXTRA_FLAGS}\n").findings();
      assertTrue(
          findings.size() == 1 && findings.getFirst().startsWith("2:3 VALUE_FORBIDDEN"),
          flag + findings);
    }
  }

  @Test
  void valuesThatChangeTheStructureWhereTheyStandAreRefused() {
    for (String template :
        List.of("a: ${NODE_HOST}\n", "a: b\nc: ${NODE_IP}\n", "x:\n- a\nb: ${NODE_IP}\n")) {
      List<String> findings = SEED.node("a", "fd00::").render(template).findings();
      assertTrue(
          findings.size() == 1 && findings.getFirst().contains(" VALUE_CHANGES_STRUCTURE "),
          template + findings);
    }
    assertEquals("a: \"fd00::\"\n", SEED.node("a", "fd00::").render("a: \"${NODE_IP}\"\n").body());
  }

  @Test
  void valuesThatWouldBeNoTextAreRefusedWhereTheyAreAText() {
    for (String name : List.of("10", "1e3", "on", "y", "null", "0x1f", "1.5", "2001-01-01")) {
      Masters odd = SEED.node(name, "10.0.0.1");
      List<String> findings = odd.render("a:\n- ${NODE_NAME}\n").findings();
      assertTrue(
          findings.size() == 1 && findings.getFirst().startsWith("2:3 VALUE_NO_TEXT"),
          name + findings);
      assertEquals("a: '" + name + "'\n", odd.render("a: '${NODE_NAME}'\n").body());
      assertEquals("a: --name=" + name + "\n", odd.render("a: --name=${NODE_NAME}\n").body());
    }
    assertEquals("a: 3\n", SEED.render("a: ${MASTER_COUNT}\n").body());
  }

  @Test
  void aTemplateThatIsNoPlainYamlIsRefusedWithItsPlace() {
    Map<String, String> bad =
        Map.of(
            "a: [${NODE_NAME}]\n", "1:",
            "a: &x b\nc: *x\n", "1:4 TEMPLATE_NOT_YAML",
            "a: !!java.net.URL x\n", "1:4 TEMPLATE_NOT_YAML",
            "a: b\n---\nc: d\n", "2:1 TEMPLATE_NOT_YAML",
            "a: b\na: c\n", "2:1 TEMPLATE_NOT_YAML",
            "a:\n\tb: c\n", "2:1 TEMPLATE_NOT_YAML",
            "- a\n", "1:1 TEMPLATE_NOT_YAML",
            "", "0:0 TEMPLATE_EMPTY",
            "# a\n\n", "0:0 TEMPLATE_EMPTY");
    bad.forEach(
        (template, start) -> {
          List<String> findings = SEED.render(template).findings();
          assertTrue(
              !findings.isEmpty() && findings.getFirst().startsWith(start), template + findings);
        });
    assertEquals(
        "{\"a\": \"a\", \"b\": [\"10.0.0.1\"]}\n",
        SEED.render("{\"a\": \"${NODE_NAME}\", \"b\": [\"${NODE_IP}\"]}\n").body());
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
