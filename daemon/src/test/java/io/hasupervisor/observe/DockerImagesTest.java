package io.hasupervisor.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Docker is asked by image, and for no longer than it may take. */
@Timeout(120)
final class DockerImagesTest {
  @TempDir Path directory;

  private DockerImages ask(FakeServer.Session session, String... images) throws Exception {
    return ask(Duration.ofSeconds(60), session, images);
  }

  private DockerImages ask(Duration limit, FakeServer.Session session, String... images)
      throws Exception {
    Path socket = directory.resolve("docker.sock");
    try (FakeServer _ = FakeServer.unix(socket, session)) {
      return DockerImages.ask(socket, Set.of(images), limit);
    }
  }

  @Test
  void tellsPresentFromMissing() throws Exception {
    assertEquals(
        Map.of("registry:5000/etcd:3.5", true),
        ask(FakeServer.answer(200, "{}"), "registry:5000/etcd:3.5").present());
  }

  @Test
  void tellsMissing() throws Exception {
    assertEquals(Map.of("etcd:1", false), ask(FakeServer.answer(404, "{}"), "etcd:1").present());
  }

  @Test
  void anImageThatIsNoneIsNotAskedFor() throws Exception {
    DockerImages none =
        ask(FakeServer.answer(200, "{}"), "x HTTP/1.1\r\nHost: y", "../../info", "");
    assertEquals(new DockerImages(Map.of(), java.util.Optional.empty()), none);
  }

  @Test
  void aHungOrSickOrMissingDockerIsAProblemInWords() throws Exception {
    DockerImages hung = ask(Duration.ofMillis(500), FakeServer::hang, "x");
    assertTrue(hung.problem().orElseThrow().endsWith("does not answer within 500 ms"));
    assertEquals(Map.of(), hung.present());
    DockerImages gone =
        DockerImages.ask(directory.resolve("none"), Set.of("x"), Duration.ofSeconds(5));
    assertTrue(gone.problem().orElseThrow().contains("does not exist"), gone.toString());
  }

  @Test
  void aSickDockerIsAProblemInWords() throws Exception {
    DockerImages sick = ask(FakeServer.answer(500, "{}"), "x");
    assertTrue(sick.problem().orElseThrow().contains("HTTP status 500"), sick.toString());
  }
}
