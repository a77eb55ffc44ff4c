package io.hasupervisor.act.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RevisionDamageTest {
  private static final Instant AT = Instant.parse("2026-11-24T21:00:00Z");

  @TempDir Path state;
  private Path etcd = Path.of("");
  private Path meta = Path.of("");

  @BeforeEach
  void twoRevisions() throws IOException {
    store().store(Sets.version(1), "root", "", AT);
    store().store(Sets.version(2), "root", "", AT);
    etcd = state.resolve("manifests/rev-2/etcd.yaml");
    meta = state.resolve("manifests/rev-2/meta.json");
  }

  private RevisionStore store() {
    return new RevisionStore(state);
  }

  /** The second revision is refused with these words, and the first one is as good as before. */
  private void damaged(String words) throws IOException {
    IOException e = assertThrows(IOException.class, () -> store().read(2));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains(words), message);
    assertTrue(message.startsWith("revision 2 is damaged"), message);
    RevisionStore.History history = store().history();
    assertEquals(List.of(message), history.damaged());
    assertEquals(
        List.of(Sets.version(1)), history.revisions().stream().map(Revision::manifests).toList());
    assertThrows(IOException.class, () -> store().current(2));
    assertEquals(Optional.empty(), store().current());
    assertEquals(3, store().store(Sets.version(2), "root", "", AT).number());
  }

  @Test
  void aChangedFile() throws IOException {
    Files.writeString(etcd, Files.readString(etcd).replace(":2", ":3"));
    damaged("etcd.yaml does not have the sha256");
  }

  @Test
  void aMissingFile() throws IOException {
    Files.delete(etcd);
    damaged("etcd.yaml cannot be used: no such file");
  }

  @Test
  void aLinkInPlaceOfAFile() throws IOException {
    Path elsewhere = Files.move(etcd, state.resolve("elsewhere.yaml"));
    Files.createSymbolicLink(etcd, elsewhere);
    damaged("etcd.yaml cannot be used: not a regular file");
  }

  @Test
  void aLinkInPlaceOfTheRevision() throws IOException {
    Path revision = state.resolve("manifests/rev-2");
    Path elsewhere = Files.move(revision, state.resolve("elsewhere"));
    Files.createSymbolicLink(revision, elsewhere);
    damaged("not a directory");
  }

  @Test
  void anotherRevisionsMeta() throws IOException {
    Files.writeString(meta, Files.readString(state.resolve("manifests/rev-1/meta.json")));
    damaged("revision 1");
  }

  @Test
  void noMeta() throws IOException {
    Files.delete(meta);
    damaged("meta.json cannot be used: no such file");
  }

  @Test
  void metaOfAnotherSchemaOrNone() throws IOException {
    for (String content : List.of("", "{", "[]", "{\"schema\":2}", "null", "{\"schema\":1}")) {
      Files.writeString(meta, content);
      assertThrows(IOException.class, () -> store().read(2), content);
    }
    damaged("meta.json");
  }

  @Test
  void metaThatLeadsOutOfTheRevision() throws IOException {
    Files.writeString(meta, Files.readString(meta).replace("\"etcd\"", "\"../rev-1/etcd\""));
    damaged("meta.json is wrong");
  }

  @Test
  void metaOrFileThatIsHuge() throws IOException {
    Files.write(etcd, new byte[2 << 20]);
    assertThrows(IOException.class, () -> store().read(2));
    Files.write(meta, new byte[2 << 20]);
    damaged("meta.json cannot be used: larger than");
  }

  @Test
  void somethingElseInPlaceOfALinkIsNotReplaced() throws IOException {
    Path current = Files.writeString(state.resolve("manifests/current"), "rev-1");
    IOException e = assertThrows(IOException.class, () -> store().current(1));
    assertTrue(String.valueOf(e.getMessage()).contains("not a link to a revision"));
    assertEquals("rev-1", Files.readString(current));
    Files.delete(current);
    Files.createSymbolicLink(current, Path.of("../../etc/rev-1"));
    assertThrows(IOException.class, () -> store().current());
  }

  @Test
  void somethingElseInPlaceOfTheStoreIsNotReplaced() throws IOException {
    Path file = Files.createDirectory(state.resolve("other"));
    Files.writeString(file.resolve("manifests"), "precious");
    IOException e =
        assertThrows(
            IOException.class,
            () -> new RevisionStore(file).store(Sets.version(1), "root", "", AT));
    assertTrue(String.valueOf(e.getMessage()).contains("not a directory"), e.getMessage());
    assertEquals("precious", Files.readString(file.resolve("manifests")));
  }
}
