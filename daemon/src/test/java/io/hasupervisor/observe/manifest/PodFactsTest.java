package io.hasupervisor.observe.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PodFactsTest {
  private static PodFacts of(String text) {
    return PodFacts.of(Path.of("it.yaml"), text);
  }

  @Test
  void takesTheKubeletsNamespaceWhereNoneIsWritten() {
    assertEquals(Optional.of("default/a"), of("kind: Pod\nmetadata: {name: a}\n").pod());
  }

  @Test
  void knowsThePortsOfTheHost() {
    String pod =
        """
        kind: Pod
        metadata: {name: a, annotations: {k: v}}
        spec:
          hostNetwork: %s
          containers:
          - name: one
            ports:
            - {containerPort: 80, hostPort: 8080}
            - {containerPort: 90}
            - {containerPort: 53, hostPort: 53, protocol: UDP}
          - name: two
            ports: nonsense
          - {name: three}
        """;
    assertEquals(List.of(8080), of(pod.formatted("false")).hostPorts());
    assertEquals(List.of(8080, 90), of(pod.formatted("true")).hostPorts());
    assertEquals(Set.of("k"), of(pod.formatted("false")).annotations());
  }

  @Test
  void readsJsonWithTabsAndAByteOrderMark() {
    String json =
        """
        \uFEFF{
        \t"kind": "Pod",
        \t"metadata": {"name": "a", "namespace": "b"}
        }
        """;
    assertEquals(Optional.of("b/a"), of(json).pod());
    assertEquals(Optional.empty(), of(json).problem());
  }

  @Test
  void readsTheFirstOfManyDocumentsAsTheKubeletDoes() {
    PodFacts facts =
        of(
            """
            # a comment
            ---
            kind: Pod
            metadata: {name: a}
            ---
            kind: Pod
            metadata: {name: b}
            """);
    assertEquals(Optional.of("default/a"), facts.pod());
  }

  @Test
  void readsAsFarAsItCanAndSaysWhatItDoesNotTake() {
    PodFacts facts =
        of(
            """
            kind: Pod
            metadata: &m {name: a}
            spec: {x: *m}
            """);
    assertEquals(Optional.of("default/a"), facts.pod());
    assertTrue(facts.problem().orElseThrow().startsWith("line 2: metadata anchors"));
  }
}
