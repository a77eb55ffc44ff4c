package io.hasupervisor.observe.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AttestationJsonTest {
  private static final Attestation ATTESTATION =
      new Attestation(
          new EtcdId(-2),
          new EtcdId(0xc1),
          "master-1",
          "0123456789abcdef0123456789abcdef",
          "d1e9b2a0-0000-0000-0000-000000000000:1",
          42,
          812_233,
          900_000,
          "3.4.23",
          Duration.ofMillis(12),
          List.of("NOSPACE"),
          true,
          "UNHEALTHY",
          "ETCD_FAILS",
          "none",
          new HostReport(
              "0.2.0",
              "HEALTHY",
              Optional.of(7),
              Optional.of(6),
              "CRITICAL CERT_EXPIRED server.cert",
              Map.of("ca.crt", "0123456789abcdef")),
          Instant.parse("2026-01-02T03:04:05Z"));

  private static String text() {
    return new String(AttestationJson.encode(ATTESTATION), UTF_8);
  }

  @Test
  void whatIsWrittenIsReadBack() {
    assertEquals(Optional.of(ATTESTATION), AttestationJson.decode(text().getBytes(UTF_8)));
  }

  @Test
  void theKeyIsTheMembersIdAsEtcdctlShowsIt() {
    assertEquals(
        "/ha-supervisor/v1/prod/attest/fffffffffffffffe",
        AttestationJson.key("prod", ATTESTATION.member()));
  }

  @Test
  void fieldsOfLaterVersionsAreLeftOut() {
    String later = text().replaceFirst("\\{", "{\"later\":[1,{\"x\":null}],");
    assertEquals(Optional.of(ATTESTATION), AttestationJson.decode(later.getBytes(UTF_8)));
  }

  @Test
  void whatAnEarlierVersionWroteTellsNothingOfTheApiserver() {
    String earlier = text().replace("\"apiserver\":\"ETCD_FAILS\",", "");
    assertEquals("", AttestationJson.decode(earlier.getBytes(UTF_8)).orElseThrow().apiserver());
  }

  @Test
  void whatAnEarlierVersionWroteTellsNothingOfTheHost() {
    String earlier = text().replaceFirst(",\"host\":\\{.*\\}\\},", ",");
    assertEquals(
        HostReport.NONE, AttestationJson.decode(earlier.getBytes(UTF_8)).orElseThrow().host());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7",
        "[]",
        "{\"supervisor\":{},\"manifests\":\"7\",\"lastKnownGood\":1e99,\"secrets\":[]}",
        "{\"secrets\":{\"ca.crt\":7,\"ca.key\":\"0123\",\"x\":\"0123456789ABCDEF\"}}",
        "{\"secrets\":{\"\\u001b[2J\":\"0123456789abcdef\",\"\":\"0123456789abcdef\"}}",
      })
  void whatIsNoReportOfAHostTellsNothing(String host) {
    String value =
        text().replaceFirst("\"host\":\\{.*\\}\\}", "\"host\":" + Matcher.quoteReplacement(host));
    assertEquals(
        HostReport.NONE, AttestationJson.decode(value.getBytes(UTF_8)).orElseThrow().host());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "7",
        "{",
        "{}",
        "<html>",
        "{\"schema\":1}",
        "{\"schema\":1,\"member\":\"x\",\"cluster\":\"1\",\"sequence\":1}",
        "{\"schema\":1,\"member\":\"1\",\"cluster\":\"1\",\"sequence\":\"1\"}",
        "{\"schema\":1,\"member\":\"1\",\"cluster\":\"1\",\"sequence\":1,\"at\":\"yesterday\"}",
      })
  void whatThisProgramDoesNotWriteIsNone(String value) {
    assertEquals(Optional.empty(), AttestationJson.decode(value.getBytes(UTF_8)));
  }

  @Test
  void aNewerSchemaIsNone() {
    String newer = text().replace("\"schema\":1", "\"schema\":2");
    assertEquals(Optional.empty(), AttestationJson.decode(newer.getBytes(UTF_8)));
  }

  @Test
  void aValueThatIsTooLargeIsNone() {
    String large = text().replaceFirst("\\{", "{\"x\":\"" + "a".repeat(2048) + "\",");
    assertEquals(Optional.empty(), AttestationJson.decode(large.getBytes(UTF_8)));
  }

  @Test
  void alarmsOfAllMembersOfALargeClusterDoNotMakeItTooLarge() {
    Attestation alarmed =
        new Attestation(
            ATTESTATION.member(),
            ATTESTATION.cluster(),
            ATTESTATION.node(),
            ATTESTATION.machineId(),
            ATTESTATION.bootId(),
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            ATTESTATION.version(),
            ATTESTATION.slow(),
            Collections.nCopies(64, "memberID:18446744073709551615 alarm:NOSPACE "),
            true,
            ATTESTATION.docker(),
            ATTESTATION.apiserver(),
            ATTESTATION.repair(),
            ATTESTATION.host(),
            ATTESTATION.at());
    byte[] encoded = AttestationJson.encode(alarmed);
    assertTrue(encoded.length <= AttestationJson.LIMIT, encoded.length + " bytes");
    assertTrue(AttestationJson.decode(encoded).isPresent());
  }

  @Test
  void textOfOthersHasNoControlCharacters() {
    String value = text().replace("master-1", "\\u001b[2Jmaster\\n1");
    assertEquals("[2Jmaster 1", AttestationJson.decode(value.getBytes(UTF_8)).orElseThrow().node());
  }

  @Test
  void whatIsIgnoredIsCountedAndAnAttestationCountsUnderItsOwnKeyOnly() {
    AttestationJson.Read read =
        AttestationJson.all(
            Map.of(
                "/p/fffffffffffffffe", text().getBytes(UTF_8),
                "/p/1", text().getBytes(UTF_8),
                "/p/2", "garbage".getBytes(UTF_8)));
    assertEquals(new AttestationJson.Read(List.of(ATTESTATION), 2), read);
  }
}
