package io.hasupervisor.observe.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.observe.CheckResult;
import io.hasupervisor.observe.ProbeTarget;
import io.hasupervisor.observe.Symptom;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PodProbeTest {
  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: it}
      spec:
        hostNetwork: %s
        containers:
          - name: it
            image: it:1
            ports: [{name: probe-port, containerPort: 6443}]
      %s
      """;

  private static Optional<ProbeTarget> of(String probes) {
    return PodProbe.of(POD.formatted("true", probes.indent(6)), "10.0.0.1");
  }

  private static URI uri(String probes) {
    return of(probes).orElseThrow() instanceof ProbeTarget.Http http
        ? http.uri()
        : URI.create("none:");
  }

  @Test
  void readinessComesBeforeLiveness() {
    assertEquals(
        URI.create("http://127.0.0.1:2381/readyz"),
        uri(
            """
            livenessProbe: {httpGet: {host: 127.0.0.1, port: 2381, path: /livez}}
            readinessProbe: {httpGet: {host: 127.0.0.1, port: 2381, path: /readyz}}
            """));
    assertEquals(
        URI.create("http://127.0.0.1:2381/livez?a=b"),
        uri(
            """
            livenessProbe: {httpGet: {host: 127.0.0.1, port: 2381, path: "/livez?a=b"}}
            readinessProbe: {exec: {command: [true]}}
            """));
  }

  @Test
  void httpsIsNotVerifiedAndNotPermittedIsUp() {
    ProbeTarget.Http target =
        (ProbeTarget.Http)
            of("livenessProbe: {httpGet: {scheme: HTTPS, port: probe-port, path: /livez}}")
                .orElseThrow();
    assertEquals(URI.create("https://10.0.0.1:6443/livez"), target.uri());
    assertTrue(target.credentials().insecure());
    assertTrue(target.statuses().contains(401) && target.statuses().contains(403));
    assertFalse(target.statuses().contains(500) || target.statuses().contains(404));
  }

  @Test
  void aProbeWithoutAHostAsksTheNode() {
    assertEquals(URI.create("http://10.0.0.1:80/"), uri("livenessProbe: {httpGet: {port: 80}}"));
    String own = POD.formatted("false", "livenessProbe: {httpGet: {port: 80}}".indent(6));
    assertEquals(Optional.empty(), PodProbe.of(own, "10.0.0.1"));
    String v6 = POD.formatted("true", "livenessProbe: {httpGet: {port: 80}}".indent(6));
    assertEquals(
        Optional.of(URI.create("http://[fd00::1]:80/")),
        PodProbe.of(v6, "fd00::1").map(it -> ((ProbeTarget.Http) it).uri()));
  }

  @Test
  void aTcpProbeIsAConnection() {
    assertEquals(
        Optional.of(new ProbeTarget.Tcp("10.0.0.1", 6443)),
        of("readinessProbe: {tcpSocket: {port: probe-port}}"));
  }

  @Test
  void theProbeEndsByItselfWhereTheTargetDoesNotAnswer() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String asks =
          "livenessProbe: {httpGet: {host: 127.0.0.1, port: " + mute.getLocalPort() + "}}";
      String manifest = POD.formatted("true", asks.indent(6));
      CheckResult result =
          PodProbe.probe(manifest, "10.0.0.1").orElseThrow().check(Duration.ofMillis(200));
      CheckResult.Failed failed = assertInstanceOf(CheckResult.Failed.class, result);
      assertEquals(Symptom.TIMED_OUT, failed.symptom(), failed.detail());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "livenessProbe: {exec: {command: [etcdctl]}}",
        "livenessProbe: {httpGet: {port: no-such-port}}",
        "livenessProbe: {httpGet: {port: 0}}",
        "livenessProbe: {httpGet: {port: 80, scheme: file}}",
        "livenessProbe: {httpGet: {port: 80, host: 'a b'}}",
        "livenessProbe: {httpGet: {port: 80, path: '/ {}'}}",
        "livenessProbe: often",
        "livenessProbe: {httpGet: {port: 80}, httpGet: {port: 81}}"
      })
  void whatCannotBeAskedFromOutsideIsNoProbe(String probes) {
    assertEquals(Optional.empty(), of(probes));
    assertEquals(Optional.empty(), PodProbe.of(probes, "10.0.0.1"));
  }
}
