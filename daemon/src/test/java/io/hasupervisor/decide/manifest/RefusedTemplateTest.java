package io.hasupervisor.decide.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.cluster.Profile;
import io.hasupervisor.observe.manifest.Template;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is wrong with a template is said, all at once, and then nothing is made of it. */
final class RefusedTemplateTest {
  private static final Masters SEED = Masters.of(Profile.SEED);

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
}
