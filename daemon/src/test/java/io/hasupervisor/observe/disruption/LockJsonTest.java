package io.hasupervisor.observe.disruption;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.observe.etcd.EtcdId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LockJsonTest {
  private static final Instant THEN = Instant.parse("2026-01-02T03:04:05Z");
  private static final LockDocument.Holder HOLDER =
      new LockDocument.Holder(
          "0123456789abcdef0123456789abcdef",
          "master-1",
          Optional.of(new EtcdId(-2)),
          "d1e9b2a0-0000-0000-0000-000000000000",
          "restart docker",
          "asked for by daemon",
          THEN,
          Duration.ofMinutes(15),
          "n-1",
          true);
  private static final LockDocument FULL =
      new LockDocument(
          Optional.of(HOLDER),
          Optional.of(new LockDocument.Freeze("anna at bastion", "work on the network", THEN)),
          List.of(past("n-0", "master-2")),
          Optional.of(
              new LockDocument.Rolling(
                  "r-1",
                  "restart docker",
                  "anna at bastion",
                  "a new version of docker",
                  THEN,
                  List.of("master-1", "master-2", "master-3"),
                  List.of("master-2"),
                  Optional.of("restart docker on master-3 did not end well"))));

  private static LockDocument.Past past(String nonce, String node) {
    return new LockDocument.Past(
        nonce, node, "restart docker", LockDocument.Result.DONE, THEN, THEN.plusSeconds(120));
  }

  private static String text() {
    return new String(LockJson.encode(FULL), UTF_8);
  }

  private static LockSeen read(String value) {
    return LockJson.read(value.getBytes(UTF_8), 7);
  }

  @Test
  void whatIsWrittenIsReadBack() {
    assertEquals(new LockSeen.Readable(FULL, 7), read(text()));
  }

  @Test
  void anEmptyDocumentIsReadBackToo() {
    String empty = new String(LockJson.encode(LockDocument.EMPTY), UTF_8);
    assertEquals(new LockSeen.Readable(LockDocument.EMPTY, 7), read(empty));
  }

  @Test
  void aKeyThatIsNotThereIsHeldByNobody() {
    assertEquals(new LockSeen.Readable(LockDocument.EMPTY, 0), LockJson.read(new byte[0], 0));
  }

  @Test
  void theKeyIsTheClustersName() {
    assertEquals("/ha-supervisor/v1/prod/disruption", LockJson.key("prod"));
  }

  /**
   * The status of a master could not be shown, as the age of such a time is too long to be told.
   */
  @ParameterizedTest
  @ValueSource(strings = {"-1000000000-01-01T00:00:00Z", "+1000000000-12-31T23:59:59Z"})
  void aTimeThatNoClockShowsIsGarbage(String time) {
    LockSeen seen = read(text().replace(THEN.toString(), time));
    assertInstanceOf(LockSeen.Unreadable.class, seen);
  }

  @Test
  void idsAreWrittenAsEtcdctlShowsThem() {
    assertTrue(text().contains("\"member\":\"fffffffffffffffe\""), text());
  }

  @Test
  void fieldsOfLaterVersionsAreLeftOut() {
    String later =
        text()
            .replaceFirst("\\{", "{\"later\":[1,{\"x\":null}],")
            .replace("\"machineId\"", "\"colour\":\"red\",\"machineId\"");
    assertEquals(new LockSeen.Readable(FULL, 7), read(later));
  }

  @Test
  void aNewerSchemaIsTold() {
    LockSeen seen = read(text().replace("\"schema\":1", "\"schema\":2"));
    assertEquals(new LockSeen.Unreadable("a newer ha-supervisor wrote it", true, 7), seen);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "7",
        "{",
        "{}",
        "<html>",
        "{\"schema\":1}",
        "{\"schema\":0,\"history\":[]}",
        "{\"schema\":-1,\"history\":[]}",
        "{\"schema\":\"1\",\"history\":[]}",
        "{\"schema\":1.5,\"history\":[]}",
        "{\"schema\":1,\"history\":{}}",
        "{\"schema\":1,\"history\":[]} {}",
        "{\"schema\":1,\"history\":[7]}",
        "{\"schema\":1,\"history\":[],\"holder\":null}",
        "{\"schema\":1,\"history\":[],\"holder\":{}}",
        "{\"schema\":1,\"history\":[],\"holder\":[]}",
        "{\"schema\":1,\"history\":[],\"freeze\":true}",
        "{\"schema\":1,\"history\":[],\"freeze\":{\"by\":\"a\",\"why\":\"b\",\"since\":\"soon\"}}",
        "{\"schema\":1,\"history\":[],\"rolling\":{\"id\":\"\"}}",
      })
  void garbageIsUnreadableAndNotNewer(String value) {
    LockSeen.Unreadable seen = assertInstanceOf(LockSeen.Unreadable.class, read(value));
    assertEquals(false, seen.newer());
    assertEquals(7, seen.revision());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"nonce\":\"n-1\"=\"nonce\":\"\"",
        "\"nonce\":\"n-1\"=\"nonce\":7",
        "\"nonce\":\"n-1\"=\"x\":7",
        "\"machineId\":\"0123456789abcdef0123456789abcdef\"=\"machineId\":\"\"",
        "\"member\":\"fffffffffffffffe\"=\"member\":\"m1\"",
        "\"member\":\"fffffffffffffffe\"=\"member\":\"0\"",
        "\"deadlineSeconds\":900=\"deadlineSeconds\":-1",
        "\"deadlineSeconds\":900=\"deadlineSeconds\":\"900\"",
        "\"deadlineSeconds\":900=\"deadlineSeconds\":99999999999999999999999",
        "\"result\":\"DONE\"=\"result\":\"SOLVED\"",
        "\"done\":[\"master-2\"]=\"done\":[[]]",
        "\"done\":[\"master-2\"]=\"done\":\"master-2\"",
      })
  void oneFieldThatIsWrongMakesAllOfItUnreadable(String change) {
    String[] sides = change.split("=", 2);
    assertTrue(text().contains(sides[0]), sides[0]);
    assertInstanceOf(
        LockSeen.Unreadable.class,
        read(text().replaceFirst(sides[0].replace("[", "\\["), sides[1])));
  }

  @Test
  void whatIsCutOffAnywhereIsUnreadable() {
    byte[] whole = LockJson.encode(FULL);
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertInstanceOf(LockSeen.Unreadable.class, LockJson.read(part, 7));
    }
  }

  @Test
  void whatIsTooLongIsNotEvenParsed() {
    String padded = " ".repeat(LockJson.LIMIT) + text();
    assertInstanceOf(LockSeen.Unreadable.class, read(padded));
  }

  @Test
  void whatNestsDeeplyIsUnreadable() {
    assertInstanceOf(LockSeen.Unreadable.class, read("[".repeat(16_000)));
  }

  @Test
  void foreignTextIsShortAndPrintable() {
    String forged = text().replace("asked for by daemon", "x\\u001b[31m\\n" + "y".repeat(4000));
    LockSeen.Readable seen = assertInstanceOf(LockSeen.Readable.class, read(forged));
    String reason = seen.document().holder().orElseThrow().reason();
    assertEquals(120, reason.length());
    assertTrue(reason.startsWith("x [31m y"), reason);
  }

  @Test
  void anOverlongHistoryLosesItsOldest() {
    List<LockDocument.Past> history = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      history.add(past("n" + i, "master-1"));
    }
    LockDocument document =
        new LockDocument(Optional.empty(), Optional.empty(), history, Optional.empty());
    LockSeen.Readable seen =
        assertInstanceOf(LockSeen.Readable.class, LockJson.read(LockJson.encode(document), 7));
    assertEquals(history.subList(30, 50), seen.document().history());
  }

  @Test
  void theLongestDocumentFits() {
    String quotes = "\"".repeat(200);
    LockDocument document =
        new LockDocument(
            Optional.of(
                new LockDocument.Holder(
                    quotes,
                    quotes,
                    Optional.of(new EtcdId(-1)),
                    quotes,
                    quotes,
                    quotes,
                    THEN,
                    Duration.ofDays(1),
                    quotes,
                    true)),
            Optional.of(new LockDocument.Freeze(quotes, quotes, THEN)),
            Collections.nCopies(20, past(quotes, quotes)),
            Optional.of(
                new LockDocument.Rolling(
                    quotes,
                    quotes,
                    quotes,
                    quotes,
                    THEN,
                    Collections.nCopies(12, quotes),
                    Collections.nCopies(12, quotes),
                    Optional.of(quotes))));
    byte[] value = LockJson.encode(document);
    assertTrue(value.length <= LockJson.LIMIT, value.length + " bytes");
    LockSeen.Readable seen = assertInstanceOf(LockSeen.Readable.class, LockJson.read(value, 7));
    assertArrayEquals(value, LockJson.encode(seen.document()));
  }
}
