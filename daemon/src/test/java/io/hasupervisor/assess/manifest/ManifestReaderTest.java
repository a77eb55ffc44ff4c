package io.hasupervisor.assess.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.observe.manifest.ManifestBytes;
import io.hasupervisor.yaml.Value.Table;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whatever is in a file: it is read, or refused with a code, a line and a cure. */
final class ManifestReaderTest {
  private record Read(Optional<Table> root, List<Finding> findings) {
    static Read of(byte[] bytes) {
      Report report = new Report();
      Optional<Table> root =
          ManifestReader.read(Path.of("x.yaml"), new ManifestBytes.Whole(bytes), report);
      return new Read(root, report.findings());
    }

    static Read of(String text) {
      return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** {@code CODE line:column}, of all. */
    List<String> codes() {
      findings.forEach(f -> assertTrue(!f.cure().isEmpty() && !f.text().isEmpty(), f.toString()));
      return findings.stream()
          .map(f -> f.code() + f.place().map(p -> " " + p.line() + ":" + p.column()).orElse(""))
          .toList();
    }
  }

  private static void refused(String text, String... codes) {
    Read read = Read.of(text);
    assertEquals(List.of(codes), read.codes());
    assertTrue(read.findings().stream().anyMatch(f -> f.severity() == Finding.Severity.CRITICAL));
  }

  @Test
  void aliasesAndAnchorsAreRefused() {
    refused("a: &x 1\n", "YAML_ALIAS 1:4");
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x]\n");
    for (int i = 1; i < 20; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1));
    }
    assertTrue(Read.of(bomb.toString()).codes().contains("YAML_ALIAS 20:12"));
  }

  @Test
  void tagsAreRefused() {
    refused("a: !!javax.script.ScriptEngineManager [1]\n", "YAML_TAG 1:4");
  }

  @Test
  void aKeyThatIsThereTwiceIsRefused() {
    refused("a: 1\nb: 2\na: 3\n", "KEY_TWICE 3:1");
  }

  @Test
  void severalDocumentsAreRefused() {
    refused("a: 1\n---\nb: 2\n", "SEVERAL_DOCUMENTS 2:1");
    assertEquals(List.of(), Read.of("---\na: 1\n...\n").codes());
  }

  @Test
  void aByteOrderMarkIsWarnedOf() {
    Read read = Read.of("\uFEFFa: 1\n");
    assertEquals(List.of("BYTE_ORDER_MARK 1:1"), read.codes());
    assertTrue(read.root().isPresent());
  }

  @Test
  void linesThatEndWithCrLfAreWarnedOf() {
    Read read = Read.of("a: 1\r\nb: 2\r\n");
    assertEquals(List.of("CRLF 1:5"), read.codes());
    assertEquals(2, read.root().orElseThrow().entries().size());
  }

  @Test
  void tabsAreRefused() {
    refused("a:\n\tb: 1\n", "NOT_YAML 2:1");
  }

  @Test
  void whatIsNotUtf8IsRefused() {
    Read read = Read.of(new byte[] {'a', ':', ' ', '1', '\n', 'b', ':', ' ', (byte) 0xff});
    assertEquals(List.of("NOT_UTF8 2:4"), read.codes());
  }

  @Test
  void controlCharactersAreRefused() {
    refused("a: 1\nb: \u0007\n", "CONTROL_CHARACTER 2:4");
    refused("a: \"\\0\"\n", "CONTROL_CHARACTER 1:4");
    refused("a: \u0000\n", "CONTROL_CHARACTER 1:4");
  }

  @Test
  void deepNestingIsRefused() {
    refused("a: " + "[".repeat(100_000), "YAML_TOO_DEEP 1:24");
    refused("{a: ".repeat(25) + "1", "YAML_TOO_DEEP 1:82");
  }

  @Test
  void whatHoldsNothingIsRefused() {
    refused("", "EMPTY_MANIFEST 0:0");
    refused("# nothing\n", "EMPTY_MANIFEST 0:0");
    refused("- a\n", "NOT_A_MANIFEST 1:1");
    refused("just words\n", "NOT_A_MANIFEST 1:1");
  }

  @Test
  void aTemplateIsCalledOneWithAllOfItsVariables() {
    Read read = Read.of("a: 1\nb: ${NODE_NAME}-${NODE_IP}\nc: ${\n");
    assertEquals(List.of("TEMPLATE_NOT_RENDERED 2:4"), read.codes());
    assertTrue(read.findings().getFirst().text().contains("${NODE_IP}, ${NODE_NAME}"));
  }
}
