package io.hasupervisor.config;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to the shipped file, reading them gives an answer in whole sentences. */
final class FuzzTest {
  private static final int ROUNDS = 10_000;
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
          "#",
          "%",
          "?",
          "---\n",
          "...\n",
          "<<: ",
          "\0",
          "\uFEFF",
          "\u2028",
          "\uD83D\uDE00",
          "-1",
          "99999999999999999999",
          "null",
          "~",
          "none",
          "\\x",
          "\r",
          "0s",
          "services:",
          "kind: exec");

  @TempDir Path folder;

  @Test
  void noMutationThrows() throws IOException {
    long seed = Long.getLong("fuzz.seed", System.nanoTime());
    Random random = new Random(seed);
    byte[] whole = Files.readAllBytes(Path.of("../config/ha-supervisor.yaml"));
    String bare = new String(whole, StandardCharsets.UTF_8).replaceAll("(?m)^ *#.*\\n| +#.*$", "");
    byte[] settings = bare.getBytes(StandardCharsets.UTF_8);
    ConfigFolder config = new ConfigFolder(folder);
    int good = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] mutated = mutate(random.nextInt(20) == 0 ? whole : settings, random);
      config.with("main.yaml", mutated);
      try {
        Loaded loaded = config.load();
        String text = ConfigCheck.render(loaded);
        assertTrue(text.endsWith("\n") && text.indexOf('\0') < 0);
        good += loaded instanceof Loaded.Good ? 1 : 0;
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError(
            "-Dfuzz.seed="
                + seed
                + ", round "
                + round
                + ": "
                + new String(mutated, StandardCharsets.ISO_8859_1),
            e);
      }
    }
    assertTrue(
        good > ROUNDS / 100 && good < ROUNDS * 99 / 100, "mutations too wild or too tame: " + good);
  }

  private static byte[] mutate(byte[] original, Random random) {
    byte[] bytes = original;
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(bytes.length);
      int length = random.nextInt(Math.min(40, bytes.length - at) + 1);
      bytes =
          switch (random.nextInt(5)) {
            case 0 -> splice(bytes, at, length, new byte[0]);
            case 1 -> splice(bytes, at, 0, Arrays.copyOfRange(bytes, at, at + length));
            case 2 -> splice(bytes, at, 1, new byte[] {(byte) random.nextInt(256)});
            case 3 ->
                splice(bytes, at, random.nextInt(2), new byte[] {(byte) (32 + random.nextInt(95))});
            default ->
                splice(
                    bytes,
                    at,
                    0,
                    PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8));
          };
    }
    return bytes;
  }

  private static byte[] splice(byte[] bytes, int at, int length, byte[] with) {
    byte[] result = new byte[bytes.length - length + with.length];
    System.arraycopy(bytes, 0, result, 0, at);
    System.arraycopy(with, 0, result, at, with.length);
    System.arraycopy(bytes, at + length, result, at + with.length, bytes.length - at - length);
    return result;
  }
}
