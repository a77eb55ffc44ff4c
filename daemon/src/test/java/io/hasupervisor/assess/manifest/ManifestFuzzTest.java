package io.hasupervisor.assess.manifest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.cluster.Profile;
import io.hasupervisor.observe.manifest.HostFacts.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is done to a good manifest, judging it gives findings in whole sentences. */
final class ManifestFuzzTest {
  private static final int ROUNDS = 2_000;
  private static final List<String> PIECES =
      List.of(
          ":",
          ": ",
          "- ",
          "\n",
          "\n  ",
          "\t",
          "&a ",
          "*a",
          "!!x ",
          "|\n",
          ">\n",
          "{",
          "}",
          "[",
          "]",
          ",",
          "\"",
          "'",
          "\\",
          "#",
          "?",
          "---\n",
          "null",
          "~",
          "99999999999",
          "${X}",
          "--",
          "=",
          ">",
          ";",
          "exec ",
          "/",
          "//",
          "\r\n",
          "hostPort: ",
          "http://[::1]:1,",
          "");

  @Test
  void noMutationThrows() {
    long seed = Long.getLong("fuzz.seed", System.nanoTime());
    Random random = new Random(seed);
    int clean = 0;
    for (int round = 0; round < ROUNDS; round++) {
      boolean old = random.nextBoolean();
      Judged set = (old ? Judged.seed() : Judged.modern()).path("/var/log/x", Kind.MISSING);
      List<String> names = List.copyOf(set.files().keySet());
      String name = names.get(random.nextInt(names.size()));
      String mutated = mutate(set.files().getOrDefault(name, ""), random);
      Judged judged = set.with(name, mutated).forB(old ? Profile.SEED : Profile.MODERN);
      try {
        List<Finding> findings = judged.findings();
        findings.forEach(f -> assertTrue(f.text().indexOf('\n') < 0 && f.place().isPresent()));
        String diff = UnifiedDiff.of("a", set.files().getOrDefault(name, ""), "b", mutated);
        assertTrue(diff.isEmpty() || diff.endsWith("\n"));
        clean += findings.stream().allMatch(f -> f.severity() == Severity.ADVICE) ? 1 : 0;
      } catch (RuntimeException | StackOverflowError | AssertionError e) {
        throw new AssertionError("-Dfuzz.seed=" + seed + ", round " + round + ":\n" + mutated, e);
      }
    }
    assertTrue(clean > ROUNDS / 100 && clean < ROUNDS * 95 / 100, "too wild or too tame: " + clean);
  }

  private static String mutate(String original, Random random) {
    StringBuilder text = new StringBuilder(original);
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(text.length());
      int end = Math.min(text.length(), at + random.nextInt(30));
      String piece =
          switch (random.nextInt(4)) {
            case 0 -> text.substring(at, end);
            case 1 -> String.valueOf((char) (32 + random.nextInt(95)));
            case 2 -> "";
            default -> PIECES.get(random.nextInt(PIECES.size()));
          };
      text.replace(at, random.nextBoolean() ? at : end, piece);
    }
    return new String(text.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
