package io.hasupervisor.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IdentityTest {

  @Test
  void userIsTheOwnerOfOurProcess() throws IOException {
    assertEquals(Files.getAttribute(Path.of("/proc/self/"), "unix:uid"), Identity.user());
  }

  @Test
  void groupsAreKnownByName() {
    assertEquals(OptionalLong.of(0), Identity.groupId("root"));
    assertEquals(OptionalLong.empty(), Identity.groupId("no-such-group"));
    assertEquals(Set.of(), Identity.members("no-such-group"));
  }

  @Test
  void aPrimaryGroupCountsAsMembership() {
    assertTrue(Identity.isMember(0, "root"));
    assertFalse(Identity.isMember(0, "no-such-group"));
    assertFalse(Identity.isMember(4_000_000, "root"));
  }

  @Test
  void aFileCanBeGivenToItsOwnerAgainAndAMissingOneIsNamed(@TempDir Path directory)
      throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    int group = (int) Files.getAttribute(file, "unix:gid");
    Identity.own(file, Identity.user(), group);
    assertEquals(Identity.user(), Files.getAttribute(file, "unix:uid"));
    Path missing = directory.resolve("missing");
    IOException e =
        assertThrows(IOException.class, () -> Identity.own(missing, Identity.user(), group));
    assertTrue(String.valueOf(e.getMessage()).contains(missing.toString()));
  }
}
