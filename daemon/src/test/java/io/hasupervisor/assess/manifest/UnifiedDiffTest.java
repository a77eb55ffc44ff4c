package io.hasupervisor.assess.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code diff -u} would print, but for the secrets. */
final class UnifiedDiffTest {
  private static String diff(String old, String now) {
    return UnifiedDiff.of("a", old, "b", now);
  }

  private static String lines(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> i + "\n").collect(Collectors.joining());
  }

  @Test
  void equalTextsHaveNoDiff() {
    assertEquals("", diff("a\n", "a\n"));
  }

  @Test
  void aChangedLineStandsInThreeLinesOfContext() {
    assertEquals(
        "--- a\n+++ b\n@@ -8,7 +8,7 @@\n 8\n 9\n 10\n-11\n+x\n 12\n 13\n 14\n",
        diff(lines(1, 21), lines(1, 11) + "x\n" + lines(12, 21)));
  }

  @Test
  void distantChangesAreHunksOfTheirOwn() {
    assertEquals(
        "--- a\n+++ b\n@@ -1,4 +1,3 @@\n-1\n 2\n 3\n 4\n@@ -18,3 +17,4 @@\n 18\n 19\n 20\n+21\n",
        diff(lines(1, 21), lines(2, 22)));
  }

  @Test
  void aNewOrEmptiedFileIsAllOfOneSide() {
    assertEquals("--- a\n+++ b\n@@ -0,0 +1,2 @@\n+1\n+2\n", diff("", lines(1, 3)));
    assertEquals("--- a\n+++ b\n@@ -1 +0,0 @@\n-1\n", diff(lines(1, 2), ""));
  }

  @Test
  void aMissingLineEndAndCarriageReturnsAreShown() {
    assertEquals(
        "--- a\n+++ b\n@@ -1 +1 @@\n-1\n\\ No newline at end of file\n+1\n", diff("1", "1\n"));
    assertEquals("--- a\n+++ b\n@@ -1 +1 @@\n-1^M\n+1\n", diff("1\r\n", "1\n"));
    assertFalse(diff("\u001b[2J\n", "1\n").contains("\u001b"));
  }

  @Test
  void aDiffAppliedGivesTheNewText() {
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      String old = text(random);
      String now = text(random);
      assertEquals(now, applied(old, diff(old, now)), () -> old + "\n->\n" + now);
    }
  }

  private static String text(Random random) {
    return random
        .ints(random.nextInt(30), 0, 5)
        .mapToObj(i -> i + "\n")
        .collect(Collectors.joining());
  }

  /** As patch(1) does it. */
  private static String applied(String old, String diff) {
    StringBuilder now = new StringBuilder();
    java.util.List<String> lines = old.lines().toList();
    int at = 0;
    for (String line : diff.lines().skip(2).toList()) {
      if (line.startsWith("@@")) {
        String[] range = line.split("[ ,]", -1)[1].split(",", -1);
        boolean none = line.matches("@@ -\\d+,0 .*");
        int begin = -Integer.parseInt(range[0]) - (none ? 0 : 1);
        for (; at < begin; at++) {
          now.append(lines.get(at)).append('\n');
        }
      } else if (line.startsWith("+")) {
        now.append(line.substring(1)).append('\n');
      } else {
        assertEquals(lines.get(at++), line.substring(1));
        if (line.startsWith(" ")) {
          now.append(line.substring(1)).append('\n');
        }
      }
    }
    for (; at < lines.size(); at++) {
      now.append(lines.get(at)).append('\n');
    }
    return now.toString();
  }

  @Test
  void hugeTextsAreComparedInBoundedMemory() {
    String big = lines(0, 100_000);
    assertTrue(diff(big, "x\n" + big.replace("\n", "y\n")).startsWith("--- a"));
    assertEquals("--- a\n+++ b\n@@ -1,4 +1,3 @@\n-0\n 1\n 2\n 3\n", diff(big, lines(1, 100_000)));
  }

  @Test
  void secretsAreMaskedInEveryShape() {
    for (String shape :
        new String[] {
          "- --token=S3CRET",
          "- --token\n- S3CRET",
          "- \"--auth-token\"\n- \"S3CRET\"",
          "- exec app --v=2 --admin-password S3CRET --x",
          "- exec app --admin-password\n  S3CRET --x",
          "env:\n- name: DB_PASSWORD\n  value: S3CRET",
          "env:\n- value: S3CRET\n  name: DB_PASSWORD",
          "env:\n- name: AWS_SECRET_ACCESS_KEY\n  value: |\n    S3CRET\n    S3CRET\n  other: x",
          "env:\n- name: A_TOKEN\n  value: \"a\n    S3CRET\"",
          "env: [{name: A_TOKEN, value: S3CRET}]",
          "{\"env\": [{\"name\": \"A_TOKEN\", \"value\": \"S3CRET\"}]}",
          "{\"env\": [\n {\n  \"name\": \"A_TOKEN\",\n  \"value\": \"S3CRET\"\n }]}",
          "\"args\": [\"--token\", \"S3CRET\"]",
          "password: S3CRET",
          "- --etcd-servers=https://root:S3CRET@10.0.0.1:2379",
          "- --discovery=https://discovery.etcd.io/S3CRET",
          "- --discovery\n- http://10.0.0.9:8087/S3CRET",
          "- --discovery\n- http://10.0.0.9:2379/v2/keys/_etcd/registry/S3CRET",
          "env:\n- name: ETCD_DISCOVERY\n  value: https://discovery.etcd.io/S3CRET",
          "-----BEGIN RSA PRIVATE KEY-----\nS3CRET\n-----END RSA PRIVATE KEY-----\nx: y"
        }) {
      String diff = diff(shape + "\n", shape.replace("S3CRET", "N3W") + "\n");
      assertFalse(diff.contains("S3CRET") || diff.contains("N3W"), diff);
      assertTrue(diff.contains("***"), diff);
    }
  }

  @Test
  @Timeout(20)
  void hostileLinesAreMaskedInBoundedTime() {
    for (String piece :
        new String[] {
          "-", "a", " ", "value: ", "value: x\n", "http://", "--token", "name: token\n", "{", "'"
        }) {
      assertTrue(diff("", piece.repeat(500_000 / piece.length())).startsWith("--- a"));
    }
  }

  @Test
  void pathsTruthsAndNumbersAreNoSecrets() {
    for (String shape :
        new String[] {
          "- --token-auth-file=/srv/kubernetes/known_tokens.csv",
          "- --service-account-private-key-file=/srv/kubernetes/server.key",
          "- --enable-bootstrap-token-auth=true",
          "- --token-ttl=3600",
          "- mountPath: /var/run/secrets/x",
          "- --name=master-1",
          "- --discovery-srv=example.com",
          "automountServiceAccountToken: false"
        }) {
      assertTrue(diff("", shape + "\n").endsWith("+" + shape + "\n"), () -> diff("", shape + "\n"));
    }
  }
}
