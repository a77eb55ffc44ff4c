package io.hasupervisor.observe.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Output of programs; manifests are shown by their differences, and tested there. */
final class MaskedTest {
  private static final String JWT =
      "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJzeXN0ZW06c2EifQ.c2lnbmF0dXJlUzNDUkVU";

  private static String output(String line) {
    return Masked.output(List.of(line)).getFirst();
  }

  @Test
  void secretsInOutputAreMaskedInEveryShape() {
    for (String shape :
        new String[] {
          "Authorization: Bearer S3CRETS3CRET",
          "authorization=bearer S3CRETS3CRET refused",
          "Authorization: Basic UzNDUkVUUzNDUkVU",
          "login with password=S3CRETS3CRET failed",
          "password: S3CRETS3CRET",
          "flag --token=\"S3CRETS3CRET\"",
          "{\"level\":\"warn\",\"auth-token\":\"S3CRETS3CRET\",\"x\":1}",
          "{\"msg\":\"{\\\"token\\\":\\\"S3CRETS3CRET\\\"}\"}",
          "client_secret = 'S3CRETS3CRET'",
          "api_key=S3CRETS3CRET",
          "dial https://root:S3CRETS3CRET@10.0.0.1:2379 refused",
          "token " + JWT + " has expired",
          "joining with abcdef.0123456789abcdef now",
        }) {
      String masked = output(shape);
      assertTrue(masked.contains("***"), masked);
      assertFalse(
          masked.contains("S3CRET")
              || masked.contains("UzNDUkVU")
              || masked.contains("c2lnbm")
              || masked.contains("0123456789abcdef"),
          masked);
    }
  }

  @Test
  void aPrivateKeyInOutputIsMasked() {
    List<String> masked =
        Masked.output(
            List.of(
                "-----BEGIN RSA PRIVATE KEY-----", "S3CRET", "-----END RSA PRIVATE KEY-----", "x"));
    assertFalse(masked.toString().contains("S3CRET"), masked::toString);
    assertEquals("x", masked.getLast());
  }

  @Test
  void whatTellsTheCauseStays() {
    for (String line :
        new String[] {
          "Error: error reading token file: open /srv/kubernetes/known_tokens.csv: no such file",
          "F0101 12:00:00.000000 1 server.go:43] unknown flag: --admission-control",
          "listen tcp 127.0.0.1:2380: bind: address already in use",
          "etcdmain: member 8e9e05c52164694d has already been bootstrapped",
          "open /srv/kubernetes/server.key: permission denied",
        }) {
      assertEquals(line, output(line));
    }
  }

  @Test
  @Timeout(20)
  void hostileOutputIsMaskedInBoundedTime() {
    for (String piece :
        new String[] {"a", "eyJ", "token", "token=", "\033[", "bearer ", "a.", "secret:", "://"}) {
      assertEquals(1, Masked.output(List.of(piece.repeat(4000 / piece.length()))).size());
    }
  }
}
