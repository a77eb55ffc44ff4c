package io.hasupervisor.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PidfileTest {
  @TempDir Path directory;
  private Path file = Path.of("/");

  @BeforeEach
  void choose() {
    file = directory.resolve("a.pid");
  }

  private Pidfile reading(String content) throws IOException {
    Files.writeString(file, content);
    return Pidfile.read(file);
  }

  @Test
  void firstLineIsTheNumber() throws IOException {
    for (String content : List.of("42", "42\n", " 42 \n", "42\r\n", "42\n/var/lib/postgres\n")) {
      assertEquals(42, assertInstanceOf(Pidfile.Names.class, reading(content), content).pid());
    }
  }

  @Test
  void rubbishNamesNobody() throws IOException {
    for (String content :
        List.of(
            "",
            "\n",
            "\n42\n",
            "0",
            "-1",
            "+1",
            "007",
            "4 2",
            "12345678",
            "1e3",
            "pid 42",
            "\0\0",
            "9".repeat(1 << 20),
            "\u0664\u0662")) {
      assertInstanceOf(Pidfile.NamesNone.class, reading(content));
    }
  }

  @Test
  void absenceNamesNobody() {
    assertInstanceOf(Pidfile.NamesNone.class, Pidfile.read(directory.resolve("none")));
    assertInstanceOf(Pidfile.NamesNone.class, Pidfile.read(directory.resolve("no/directory")));
  }

  @Test
  void linksDirectoriesAndPipesAreRefused() throws Exception {
    Files.writeString(directory.resolve("target"), "42");
    Files.createSymbolicLink(file, directory.resolve("target"));
    assertInstanceOf(Pidfile.Refused.class, Pidfile.read(file));
    assertInstanceOf(Pidfile.Refused.class, Pidfile.read(directory));
    Path pipe = directory.resolve("pipe");
    new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
    assertInstanceOf(Pidfile.Refused.class, Pidfile.read(pipe));
  }
}
