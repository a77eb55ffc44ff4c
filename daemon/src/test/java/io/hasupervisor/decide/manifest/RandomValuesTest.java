package io.hasupervisor.decide.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.cluster.Cluster.LoadBalancer;
import io.hasupervisor.cluster.ManifestSettings.Mount;
import io.hasupervisor.cluster.Profile;
import io.hasupervisor.decide.manifest.Masters.Result;
import io.hasupervisor.yaml.Problems;
import io.hasupervisor.yaml.Value;
import io.hasupervisor.yaml.Value.Items;
import io.hasupervisor.yaml.Value.Table;
import io.hasupervisor.yaml.Value.Text;
import io.hasupervisor.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whatever the values are, a file is refused or has its template's structure, and always the same.
 */
final class RandomValuesTest {
  private static final int ROUNDS = 1000;
  private static final String HOSTILE =
      "abcXYZ0129-._/:@=,+%~?&[]{}!*#|>'\"\\ \t\n\r\u0000\u0085\u2028\u202e\uFEFFé$";
  private static final String TAME = "abcxyz0129-._/:=,";

  private final long seed = Long.getLong("values.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void noValueChangesTheStructureAndEqualInputGivesEqualBytes() throws IOException {
    List<String> templates = templates();
    int good = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Masters masters = masters(random.nextInt(3) == 0 ? HOSTILE : TAME);
      String template = templates.get(random.nextInt(templates.size()));
      Result result = masters.render(template);
      String which = "-Dvalues.seed=" + seed + ", round " + round + ": " + masters + template;
      assertEquals(result, masters.masters(shuffled(masters.masters())).render(template), which);
      if (result.findings().isEmpty()) {
        good++;
        check(masters, template, result.body(), which);
      } else {
        assertTrue(result.manifest().isEmpty(), which);
      }
    }
    assertTrue(good > ROUNDS / 20 && good < ROUNDS * 19 / 20, "too wild or too tame: " + good);
  }

  private static List<String> templates() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("../config/manifests"))) {
      Stream<String> shipped =
          files.filter(Files::isRegularFile).sorted().map(RandomValuesTest::read);
      return Stream.concat(
              shipped,
              Stream.of(
                  "a: ${NODE_NAME}\nb: [\"${PKI}\", '${NODE_HOST}']\nc: x ${IMAGE} y\n",
                  "a: >\n  x\n  ${PKI}\n${NODE_NAME}: z\n",
                  "- ${PKI}\n",
                  "a:\n- ${NODE_IP}\n- ${EXTRA_FLAGS}\n- - ${IMAGE}\n",
                  "a:\n  - ${EXTRA_MOUNTS}\nb: {c: \"${INITIAL_CLUSTER}\"}\n"))
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Masters masters(String alphabet) {
    Supplier<String> word = () -> word(alphabet);
    Map<String, String> all = new LinkedHashMap<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      all.put(random.nextBoolean() ? "m" + i : word.get(), word.get());
    }
    boolean plain = random.nextBoolean();
    Masters masters =
        Masters.of(random.nextBoolean() ? Profile.SEED : Profile.MODERN)
            .node(plain ? "node-1" : word.get(), plain ? "10.0.0.1" : word.get())
            .masters(all)
            .token(word.get())
            .image(Optional.of(word.get()))
            .flags(word.get(), word.get())
            .mounts(new Mount(path(word.get()), path(word.get()), random.nextBoolean()))
            .paths(path(word.get()), path(word.get()));
    Masters balanced = masters.balancer(new LoadBalancer(word.get(), 443));
    return random.nextBoolean() ? balanced : balanced.discovery(word.get());
  }

  private static Path path(String word) {
    return Path.of("/" + word.replace("\0", ""));
  }

  private String word(String alphabet) {
    StringBuilder word = new StringBuilder();
    for (int i = random.nextInt(8); i >= 0; i--) {
      word.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return word.toString();
  }

  private Map<String, String> shuffled(Map<String, String> masters) {
    List<String> names = new java.util.ArrayList<>(masters.keySet());
    Collections.shuffle(names, random);
    Map<String, String> other = new LinkedHashMap<>();
    names.forEach(name -> other.put(name, masters.getOrDefault(name, "")));
    return other;
  }

  /** The shape of the rendered file is that of the template with words for its variables. */
  private static void check(Masters masters, String template, String body, String which) {
    assertTrue(!body.contains("${") || masters.toString().contains("${"), which);
    int flags = masters.flags().size();
    int bootstrap = masters.discovery().isPresent() ? 1 : 3;
    String neutral =
        template
            .replaceAll("(?m)^( *)- \\$\\{EXTRA_FLAGS}$", "$1- x\n".repeat(flags).strip())
            .replaceAll("(?m)^( *)- \\$\\{BOOTSTRAP_FLAGS}$", "$1- x\n".repeat(bootstrap).strip())
            .replaceAll(
                "(?m)^( *)- \\$\\{EXTRA_MOUNTS}$",
                "$1- {name: x, mountPath: x"
                    + (masters.mounts().getFirst().readOnly() ? ", readOnly: true}" : "}"))
            .replaceAll("(?m)^( *)- \\$\\{EXTRA_VOLUMES}$", "$1- {name: x, hostPath: {path: x}}")
            .replaceAll("\\$\\{NODE_NAME}: z", masters.name() + ": z")
            .replaceAll("\\$\\{[A-Z_]+}", "x");
    assertEquals(shape(neutral, which), shape(body, which), which);
  }

  private static Object shape(String yaml, String which) {
    Problems problems = new Problems();
    Value tree = YamlReader.read(Path.of("x"), yaml, problems).orElseThrow();
    assertTrue(problems.none(), () -> which + problems.all());
    return shape(tree);
  }

  private static Object shape(Value value) {
    return switch (value) {
      case Text text -> text.missing() ? "" : "x";
      case Items items -> items.items().stream().map(RandomValuesTest::shape).toList();
      case Table table -> {
        Map<String, Object> shapes = new TreeMap<>();
        table.entries().forEach((key, entry) -> shapes.put(key, shape(entry.value())));
        yield shapes;
      }
    };
  }
}
