package io.hasupervisor.assess.manifest;

import static io.hasupervisor.assess.Finding.Severity.CRITICAL;
import static io.hasupervisor.assess.Finding.Severity.WARNING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The form of a pod. */
final class PodSchemaTest {
  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata:
        name: x
      spec:
        containers:
        - name: x
          image: x:1
          %s
      """;

  private static Judged container(String field) {
    return of(POD.formatted(field.replace("\n", "\n    ")));
  }

  private static Judged of(String text) {
    return new Judged(Map.of("x.yaml", text), Optional.empty(), Optional.empty());
  }

  @Test
  void warnsOfAnUnknownFieldWithTheOneThatWasMeant() {
    assertTrue(
        container("livenesProbe: {}")
            .finds("UNKNOWN_FIELD", WARNING, "x.yaml", "livenesProbe")
            .text()
            .contains("did you mean \"livenessProbe\"?"));
    of(POD.formatted("").replace("spec:", "spec:\n  hostnetwork: true"))
        .finds("UNKNOWN_FIELD", WARNING, "x.yaml", "hostnetwork");
  }

  @Test
  void keysOfMapsAreTheWritersOwn() {
    of(POD.formatted("").replace("  name: x\nspec", "  name: x\n  labels: {tier: a, my: b}\nspec"))
        .lacks("UNKNOWN_FIELD");
  }

  @Test
  void refusesNumbersAndTruthsWhereTextIsWanted() {
    for (String value : List.of("1", "true", "on", "1.5", "0x10", "010", "1e3")) {
      container("env: [{name: A, value: " + value + "}]")
          .finds("WRONG_TYPE", CRITICAL, "x.yaml", value);
      container("args: [" + value + "]").finds("WRONG_TYPE", CRITICAL, "x.yaml", value);
      container("args: ['" + value + "']").lacks("WRONG_TYPE");
    }
    for (String text : List.of("1:30", "1.2.3", "2020-01-01", "v1", "-", "1m")) {
      container("args: [" + text + "]").lacks("WRONG_TYPE");
    }
  }

  @Test
  void refusesTextWhereNumbersAndTruthsAreWanted() {
    container("ports: [{containerPort: '80'}]").finds("WRONG_TYPE", CRITICAL, "x.yaml", "'80'");
    container("ports: [{containerPort: 8.5}]").finds("WRONG_TYPE", CRITICAL, "x.yaml", "8.5");
    container("tty: 'true'").finds("WRONG_TYPE", CRITICAL, "x.yaml", "'true'");
    container("tty: true\nstdin: no").lacks("WRONG_TYPE");
  }

  @Test
  void refusesOneThingWhereSeveralAreWantedAndTheOtherWayRound() {
    container("args: --v=2").finds("WRONG_TYPE", CRITICAL, "x.yaml", "args");
    container("resources: []").finds("WRONG_TYPE", CRITICAL, "x.yaml", "resources");
    container("workingDir: {}").finds("WRONG_TYPE", CRITICAL, "x.yaml", "workingDir");
    container("volumeMounts: {name: x}").finds("WRONG_TYPE", CRITICAL, "x.yaml", "volumeMounts");
  }

  @Test
  void refusesWhatLacksARequiredField() {
    container("ports: [{name: a}]").finds("FIELD_MISSING", CRITICAL, "x.yaml", "ports");
    container("livenessProbe: {httpGet: {path: /}}")
        .finds("FIELD_MISSING", CRITICAL, "x.yaml", "httpGet");
    of(POD.formatted("").replace("    image: x:1\n", ""))
        .finds("FIELD_MISSING", CRITICAL, "x.yaml", "- name: x");
    of(POD.formatted("").replace("  name: x\nspec", "  namespace: x\nspec"))
        .finds("FIELD_MISSING", CRITICAL, "x.yaml", "namespace");
    of("apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {containers: []}\n")
        .finds("FIELD_MISSING", CRITICAL, "x.yaml", "spec");
    of("apiVersion: v1\nkind: Pod\nmetadata: {name: x}\n")
        .finds("FIELD_MISSING", CRITICAL, "x.yaml", "apiVersion");
  }

  @Test
  void refusesWordsThatAreNotTaken() {
    assertTrue(
        container("imagePullPolicy: ifNotPresent")
            .finds("WORD_NOT_TAKEN", CRITICAL, "x.yaml", "ifNotPresent")
            .text()
            .contains("IfNotPresent"));
    of(POD.formatted("").replace("spec:", "spec:\n  restartPolicy: always"))
        .finds("WORD_NOT_TAKEN", CRITICAL, "x.yaml", "always");
    of(POD.formatted("") + "  volumes: [{name: x, hostPath: {path: /x, type: Dir}}]\n")
        .finds("WORD_NOT_TAKEN", CRITICAL, "x.yaml", "Dir");
    container("ports: [{containerPort: 1, protocol: tcp}]")
        .finds("WORD_NOT_TAKEN", CRITICAL, "x.yaml", "tcp");
  }

  @Test
  void refusesWhatIsNoPort() {
    for (String port : List.of("0", "65536", "-1", "99999999999")) {
      container("ports: [{containerPort: " + port + "}]")
          .finds("BAD_PORT", CRITICAL, "x.yaml", port);
    }
    container("ports: [{containerPort: 65535, hostPort: 0}]").lacks("BAD_PORT");
    container("livenessProbe: {httpGet: {port: https}}").lacks("BAD_PORT").lacks("WRONG_TYPE");
  }

  @Test
  void refusesWhatIsNoAmount() {
    for (String amount : List.of("100mb", "1 Gi", "x", "1.5.2")) {
      container("resources: {limits: {memory: " + amount + "}}")
          .finds("BAD_QUANTITY", CRITICAL, "x.yaml", amount);
    }
    for (String amount : List.of("250m", "1", "0.5", "'2'", "100Mi", "1e3", "12E")) {
      container("resources: {limits: {cpu: " + amount + "}}").lacks("BAD_QUANTITY");
    }
  }

  @Test
  void onlyAPodIsTaken() {
    of("apiVersion: v1\nkind: List\nitems: []\n").finds("NOT_A_POD", CRITICAL, "x.yaml", "List");
    of("apiVersion: apps/v1\nkind: Deployment\n")
        .finds("NOT_A_POD", CRITICAL, "x.yaml", "Deployment");
    of(POD.formatted("").replace("apiVersion: v1", "apiVersion: v1beta3"))
        .finds("NOT_A_POD", CRITICAL, "x.yaml", "v1beta3");
    of("name: x\n").finds("NOT_A_POD", CRITICAL, "x.yaml", "name");
  }

  @Test
  void jsonIsTakenWithItsPlaces() {
    Judged json =
        of(
            """
            {"apiVersion": "v1", "kind": "Pod",
             "metadata": {"name": "x"},
             "spec": {"containers": [{"name": "x", "image": "x:1",
               "args": [1], "ports": [{"containerPort": 80}]}]}}
            """);
    assertEquals(List.of("WRONG_TYPE"), json.codes());
    json.finds("WRONG_TYPE", CRITICAL, "x.yaml", "\"args\": [1]");
  }
}
