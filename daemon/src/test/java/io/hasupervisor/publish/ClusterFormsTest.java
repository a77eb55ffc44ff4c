package io.hasupervisor.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hasupervisor.publish.ClusterStatus.DifferenceStatus;
import io.hasupervisor.publish.ClusterStatus.MasterStatus;
import io.hasupervisor.publish.ClusterStatus.SaidStatus;
import io.hasupervisor.publish.ClusterStatus.SideStatus;
import io.hasupervisor.publish.LockStatus.FreezeStatus;
import io.hasupervisor.publish.Status.Level;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The cluster as JSON, held to its schema, and as text. */
final class ClusterFormsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant AT = Instant.parse("2026-11-24T21:00:00Z");

  private static SaidStatus said(String apiserver, String repair, String worst, String authority) {
    return new SaidStatus(
        "0.2.0",
        true,
        "3.4.23",
        apiserver,
        "HEALTHY",
        "HEALTHY",
        Optional.of(7),
        Optional.of(7),
        repair,
        worst,
        "boot",
        Map.of("server.key", authority));
  }

  private static MasterStatus master(
      int number, String daemon, Optional<Instant> heard, Optional<SaidStatus> said) {
    return new MasterStatus(
        "m" + number,
        "10.0.0." + number,
        number == 1,
        daemon,
        heard,
        Optional.of("HEALTHY"),
        Optional.of("HEALTHY"),
        said);
  }

  /** One that speaks, one of old, one that was never heard, one that nobody knows. */
  static ClusterStatus mixed() {
    return mixed(Optional.empty());
  }

  private static ClusterStatus mixed(Optional<LockStatus> lock) {
    return new ClusterStatus(
        ClusterStatus.SCHEMA,
        "prod",
        "m1",
        AT,
        Level.ATTENTION,
        "No word from the daemon of m2.",
        true,
        "QUORUM_FULL",
        List.of(
            master(1, "SPEAKS", Optional.of(AT), Optional.of(said("HEALTHY", "none", "", "aa"))),
            master(
                2,
                "SILENT",
                Optional.of(AT.minusSeconds(300)),
                Optional.of(said("SICK", "running", "CRITICAL LB_DOWN lb", "none"))),
            master(3, "SILENT", Optional.empty(), Optional.empty()),
            new MasterStatus(
                "m4\u001b[2J\nforged",
                "",
                false,
                "SPEAKS",
                Optional.of(AT.minusSeconds(12)),
                Optional.empty(),
                Optional.empty(),
                Optional.of(said("", "none", "", "aa")))),
        List.of(
            new DifferenceStatus(
                "SECRET",
                "server.key",
                AT.minusSeconds(700),
                List.of(
                    new SideStatus("0123456789abcdef", List.of("m1", "m2")),
                    new SideStatus("none", List.of("m4")))),
            new DifferenceStatus(
                "SUPERVISOR",
                "",
                AT.minusSeconds(7),
                List.of(
                    new SideStatus("0.2.0", List.of("m1")),
                    new SideStatus("0.3.0", List.of("m4"))))),
        lock);
  }

  private static JsonNode schema() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ClusterJson.class.getResourceAsStream("cluster.schema.json"))) {
      return JSON.readTree(in);
    }
  }

  @Test
  void theJsonHasExactlyTheFieldsOfTheSchema() throws IOException {
    JsonNode schema = schema();
    JsonNode written = JSON.readTree(ClusterJson.of(mixed()));
    List<String> differences = new ArrayList<>();
    StatusFormsTest.compare(schema, schema, written, "", differences);
    assertEquals(List.of(), differences);
    assertEquals("2026-11-24T20:55:00Z", written.at("/masters/1/heardAt").asText());
    assertEquals("none", written.at("/masters/1/said/secrets/server.key").asText());
  }

  @Test
  void everyRequiredFieldOfTheSchemaIsAPropertyAndTheOtherWayRound() throws IOException {
    JsonNode schema = schema();
    List<JsonNode> objects = new ArrayList<>(List.of(schema));
    schema.get("$defs").forEach(objects::add);
    for (JsonNode object : objects) {
      Set<String> required = new TreeSet<>();
      object.get("required").forEach(name -> required.add(name.asText()));
      Set<String> properties = new TreeSet<>();
      object.get("properties").fieldNames().forEachRemaining(properties::add);
      assertEquals(properties, required);
    }
  }

  @Test
  void theTextHasARowForEachMasterAndWhatIsOldInBrackets() {
    assertEquals(
        """
        prod  ATTENTION  seen from m1
        No word from the daemon of m2.

        MASTER         DAEMON     ETCD     APISERVER  DOCKER     KUBELET    MANIFESTS
        m1             this host  HEALTHY  HEALTHY    HEALTHY    HEALTHY    7
        m2             SILENT     HEALTHY  HEALTHY    (HEALTHY)  (HEALTHY)  (7)
          last heard 5m ago; what is in brackets is as old
          repair running
          says itself that its apiserver is SICK
          worst there: CRITICAL LB_DOWN lb
          no usable server.key there: its secrets cannot be compared
        m3             SILENT     HEALTHY  HEALTHY    -          -          -
          its daemon has never been heard from here
        m4 [2J forged  12s ago    -        -          HEALTHY    HEALTHY    7
          not in this host's configuration, though its member is in this etcd cluster

        DIFFERENT: server.key, since 20:48:20Z 11m 40s ago
          one content: m1, m2
          none: m4

        DIFFERENT: version of ha-supervisor, since 20:59:53Z 7s ago
          0.2.0: m1
          0.3.0: m4
        """,
        ClusterText.of(mixed(), Rendering.TEXT));
  }

  private static LockStatus lock(boolean readable, Optional<FreezeStatus> freeze) {
    return new LockStatus(
        readable,
        "",
        Optional.empty(),
        freeze,
        List.of(),
        Optional.empty(),
        readable ? Optional.of(AT) : Optional.empty(),
        Optional.empty());
  }

  private static String last(LockStatus lock) {
    return ClusterText.of(mixed(Optional.of(lock)), Rendering.TEXT).lines().toList().getLast();
  }

  @Test
  void theLockIsToldLast() {
    assertEquals("LOCK free", last(lock(true, Optional.empty())));
    assertEquals("LOCK not read yet", last(lock(false, Optional.empty())));
    FreezeStatus freeze = new FreezeStatus("eva", "new disks", AT.minusSeconds(60));
    assertEquals("LOCK frozen by eva: new disks, 1m ago", last(lock(true, Optional.of(freeze))));
  }

  @Test
  void theLockIsTheOneOfTheStatus() throws IOException {
    JsonNode written =
        JSON.readTree(ClusterJson.of(mixed(Optional.of(lock(true, Optional.empty())))));
    try (InputStream in =
        Objects.requireNonNull(StatusJson.class.getResourceAsStream("status.schema.json"))) {
      JsonNode status = JSON.readTree(in);
      List<String> differences = new ArrayList<>();
      StatusFormsTest.compare(
          status, status.at("/$defs/lock"), written.get("lock"), "lock", differences);
      assertEquals(List.of(), differences);
    }
  }

  @Test
  void aFingerprintIsNotPutOnATerminalNorAControlCharacter() {
    String text = ClusterText.of(mixed(), new Rendering(false, 250, false));
    assertFalse(text.contains("0123456789abcdef"), text);
    assertFalse(text.contains("\u001b"), text);
  }
}
