package io.hasupervisor.observe.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsSeenTest {
  @TempDir Path directory;

  private Path file() {
    return directory.resolve("daemon.json");
  }

  @Test
  void anAbsentFileIsAbsent() {
    assertEquals(SettingsSeen.ABSENT, SettingsSeen.look(file()));
  }

  @Test
  void theSameContentIsTheSameAndAnotherIsNot() throws Exception {
    Files.writeString(file(), "{\"live-restore\": true}");
    String first = SettingsSeen.look(file()).content();
    Files.writeString(file(), "{\"live-restore\": true}");
    assertEquals(first, SettingsSeen.look(file()).content());
    Files.writeString(file(), "{\"live-restore\": false}");
    assertNotEquals(first, SettingsSeen.look(file()).content());
  }

  @Test
  void aFileThatIsGivenAnOldTimeWasChangedNow() throws Exception {
    Instant before = Instant.now().minusSeconds(2);
    Files.writeString(file(), "{}");
    Files.setLastModifiedTime(file(), FileTime.from(Instant.EPOCH));
    assertTrue(SettingsSeen.look(file()).changed().isAfter(before));
  }

  @Test
  void aLinkIsFollowedAsDockerFollowsIt() throws Exception {
    Path real = Files.writeString(directory.resolve("real.json"), "{}");
    String content = SettingsSeen.look(real).content();
    Files.createSymbolicLink(file(), real);
    assertEquals(content, SettingsSeen.look(file()).content());
    Files.delete(real);
    assertEquals(SettingsSeen.ABSENT, SettingsSeen.look(file()));
  }

  @Test
  void whatCannotBeReadWasChangedAfterEveryStart() throws Exception {
    Files.createDirectory(file());
    SettingsSeen seen = SettingsSeen.look(file());
    assertTrue(seen.there());
    assertFalse(seen.changed().isBefore(Instant.now().plusSeconds(1_000_000)));
  }
}
