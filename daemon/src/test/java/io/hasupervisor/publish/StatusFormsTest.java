package io.hasupervisor.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hasupervisor.decide.Because;
import io.hasupervisor.decide.Event.Dependency;
import io.hasupervisor.decide.Hold;
import io.hasupervisor.decide.Phase;
import io.hasupervisor.observe.CheckResult;
import io.hasupervisor.observe.Exit;
import io.hasupervisor.publish.Status.Level;
import io.hasupervisor.publish.Status.Notice;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class StatusFormsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Docker DOWN =
      Docker.in(new Phase.SlowRetry(Docker.in(45)), Because.CRASH_BUDGET_SPENT)
          .dead(new Exit(Exit.Kind.EXITED, 1, ""))
          .crashed(11);
  private static final Docker WELL =
      Docker.in(new Phase.Healthy(), Because.PROBES_PASS)
          .answering(new CheckResult.Passed(Duration.ofMillis(3), "OK"));
  private static final Docker WAITS =
      Docker.in(
              new Phase.Waiting(List.of("docker"), Optional.empty()),
              Because.DEPENDENCY_NOT_HEALTHY)
          .named("kubelet")
          .waitingOn(new Dependency("docker", false));
  private static final Hold HOLD =
      new Hold(Hold.Kind.OPERATOR, "alice", "disk change", Optional.of(Docker.in(60)));
  private static final Docker HELD = Docker.in(new Phase.Held(HOLD), Because.HELD).held(HOLD);
  private static final Notice NOTICE =
      new Notice("config-refused", Docker.BOOT, "the new configuration has 2 errors");

  private static Status status(boolean observeOnly, List<Notice> notices, Docker... services) {
    return StatusView.of(
        "master-1",
        "0.1.0",
        Docker.BOOT.plus(Docker.NOW),
        observeOnly,
        List.of(services).stream().map(Docker::situation).toList(),
        Optional.empty(),
        Optional.empty(),
        notices);
  }

  private static JsonNode schema() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(StatusJson.class.getResourceAsStream("status.schema.json"))) {
      return JSON.readTree(in);
    }
  }

  @Test
  void summaryNamesTheWorstFirstAndWhoWaitsForIt() {
    Status status = status(false, List.of(), WAITS, DOWN);
    assertEquals(
        "docker is down and retried slowly (11 deaths in 15m); kubelet waits for it.",
        status.summary());
    assertEquals(Level.CRITICAL, status.verdict());
  }

  @Test
  void healthyServicesAreOk() {
    Status status = status(false, List.of(), WELL, WELL.named("kubelet"));
    assertEquals("docker and kubelet are healthy.", status.summary());
    assertEquals(Level.OK, status.verdict());
  }

  @Test
  void holdsObservingAndNoticesCallForAttentionOnly() {
    assertEquals(Level.ATTENTION, status(false, List.of(), HELD).verdict());
    assertEquals(Level.ATTENTION, status(true, List.of(), WELL).verdict());
    assertEquals(Level.ATTENTION, status(false, List.of(), WELL.observed()).verdict());
    assertEquals(Level.ATTENTION, status(false, List.of(NOTICE), WELL).verdict());
    assertEquals(
        "docker is held by alice; all is only observed; notice config-refused.",
        status(true, List.of(NOTICE), HELD).summary());
  }

  @Test
  void writtenFieldsAreExactlyThoseOfTheSchema() throws IOException {
    JsonNode written =
        JSON.readTree(StatusJson.of(status(false, List.of(NOTICE), DOWN, WELL, HELD)));
    JsonNode schema = schema();
    JsonNode master = JSON.readTree(StatusJson.of(Masters.status(Masters.SICK)));
    List<String> differences = new ArrayList<>();
    compare(schema, schema, written, "status", differences);
    compare(schema, schema, master, "master", differences);
    JsonNode backedUp = JSON.readTree(StatusJson.of(Masters.status(Masters.BACKED_UP)));
    compare(schema, schema, backedUp, "backed up", differences);
    compare(
        schema, schema, JSON.readTree(StatusJson.of(EtcdStatusTest.atRisk())), "etcd", differences);
    compare(
        schema, schema, JSON.readTree(StatusJson.of(PodStatusTest.withEnd())), "pod", differences);
    compare(
        schema, schema, JSON.readTree(StatusJson.of(EntryStatusTest.sick())), "entry", differences);
    compare(
        schema,
        schema,
        JSON.readTree(StatusJson.of(Masters.status(RepairStatusTest.BLOCKED))),
        "repair",
        differences);
    assertEquals(List.of(), differences);
    assertTrue(written.get("controlPlane").isNull());
    assertEquals("outdated", master.at("/controlPlane/manifests/1/running").asText());
    assertEquals(7, master.at("/controlPlane/rollout/revision").asInt());
    assertEquals("SAN_LB", master.at("/controlPlane/findings/0/code").asText());
    assertEquals(812, backedUp.at("/controlPlane/backup/revision").asLong());
  }

  @Test
  void everyRequiredFieldOfTheSchemaIsAPropertyAndTheOtherWayRound() throws IOException {
    JsonNode schema = schema();
    List<JsonNode> objects = new ArrayList<>(List.of(schema));
    schema.get("$defs").forEach(objects::add);
    for (JsonNode object : objects) {
      Set<String> required = new TreeSet<>();
      object.get("required").forEach(name -> required.add(name.asText()));
      assertEquals(names(object.get("properties")), required);
    }
  }

  static void compare(
      JsonNode root, JsonNode schema, JsonNode value, String path, List<String> differences) {
    if (schema.has("$ref")) {
      compare(root, root.at(schema.get("$ref").asText().substring(1)), value, path, differences);
    } else if (schema.has("oneOf")) {
      if (!value.isNull()) {
        compare(root, schema.get("oneOf").get(1), value, path, differences);
      }
    } else if (schema.has("properties")) {
      if (!names(schema.get("properties")).equals(names(value))) {
        differences.add(path + " has " + names(value));
      }
      schema
          .get("properties")
          .properties()
          .forEach(
              entry ->
                  compare(
                      root,
                      entry.getValue(),
                      value.path(entry.getKey()),
                      path + "." + entry.getKey(),
                      differences));
    } else if (schema.has("items")) {
      value.forEach(
          element -> compare(root, schema.get("items"), element, path + "[]", differences));
    } else {
      scalar(schema, value, path, differences);
    }
  }

  private static void scalar(
      JsonNode schema, JsonNode value, String path, List<String> differences) {
    boolean fits =
        schema.has("enum")
            ? stream(schema.get("enum")).contains(value.asText())
            : schema.has("const")
                ? schema.get("const").equals(value)
                : fits(schema.get("type"), value);
    if (!fits) {
      differences.add(path + " is " + value);
    }
  }

  private static boolean fits(JsonNode type, JsonNode value) {
    List<String> types = type.isArray() ? stream(type) : List.of(type.asText());
    String is =
        value.isTextual()
            ? "string"
            : value.isIntegralNumber()
                ? "integer"
                : value.isBoolean()
                    ? "boolean"
                    : value.isNull() ? "null" : value.isObject() ? "object" : "other";
    return types.contains(is);
  }

  private static List<String> stream(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(element -> texts.add(element.asText()));
    return texts;
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void absentTimesAreNullAndPresentOnesAreRfc3339() throws IOException {
    JsonNode service =
        JSON.readTree(StatusJson.of(status(false, List.of(), WELL))).at("/services/0");
    assertTrue(service.get("nextAt").isNull());
    assertEquals("2026-11-24T20:57:00Z", service.get("since").asText());
    assertEquals("none", service.get("nextAction").asText());
  }

  @Test
  void textFitsEightyColumnsAndHidesNothing() {
    Status status = status(false, List.of(NOTICE), DOWN, WAITS, HELD.named("containerd"));
    String text = StatusText.of(status, Rendering.TEXT);
    assertTrue(text.lines().allMatch(line -> line.length() <= 80), text);
    assertFalse(text.contains("\033"), text);
    String unwrapped = text.replaceAll("\\s+", " ");
    status.services().forEach(service -> assertTrue(unwrapped.contains(service.reason()), text));
    assertTrue(unwrapped.contains(NOTICE.text()), text);
    assertTrue(unwrapped.contains("incident show 20261124-205600-docker"), text);
  }

  @Test
  void textLooksLikeThis() {
    assertEquals(
        """
        master-1  CRITICAL  2026-11-24 21:00:00Z
        docker is down and retried slowly (11 deaths in 15m); kubelet waits for it.

        SERVICE  STATE       SINCE                  TRY  NEXT
        docker   SLOW_RETRY  20:57:00Z 3m ago        11  start it in 45s
          docker died 11 times in 15m, the last time it ended with exit code 1; now
          tried once every 1m, next in 45s, for ever.
          4m ago: killed: ping TIMED_OUT; to see it: ha-supervisor incident show
          20261124-205600-docker
        kubelet  WAITING     20:57:00Z 3m ago         0  judge it once docker is healthy
          kubelet waits for docker (down); its own probes do not count until then.
          4m ago: killed: ping TIMED_OUT; to see it: ha-supervisor incident show
          20261124-205600-docker
        """,
        StatusText.of(status(false, List.of(), DOWN, WAITS), Rendering.TEXT));
  }

  @Test
  void colourIsOnlyPaintAndLeavesTheWordsAlone() {
    Status status = status(false, List.of(), DOWN, WELL.named("kubelet"));
    String painted = StatusText.of(status, new Rendering(false, 80, true));
    assertTrue(painted.contains("\033[31m"), painted);
    assertEquals(StatusText.of(status, Rendering.TEXT), painted.replaceAll("\033\\[\\d+m", ""));
  }

  @Test
  void narrowTerminalsAndLongNamesAreBorne() {
    Status status =
        status(false, List.of(), DOWN.named("a-service-with-a-name-of-forty-characters"));
    String text = StatusText.of(status, new Rendering(false, 10, false));
    assertTrue(
        text.lines().filter(line -> line.startsWith("  ")).allMatch(line -> line.length() <= 40),
        text);
  }

  @Test
  void eventLinesBeginWithTheirNumber() {
    ServiceEvent event =
        new ServiceEvent(
            7,
            Instant.parse("2026-11-24T21:00:00Z"),
            "docker",
            "HEALTHY",
            "BACKOFF",
            "DIED",
            "a\nb.");
    assertEquals(
        "7 2026-11-24 21:00:00Z docker HEALTHY -> BACKOFF DIED: a b.\n",
        StatusText.of(List.of(event)));
  }
}
