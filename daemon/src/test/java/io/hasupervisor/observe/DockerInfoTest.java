package io.hasupervisor.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class DockerInfoTest {
  @TempDir Path directory;

  private DockerInfo ask(FakeServer.Session session) throws Exception {
    return ask(session, Duration.ofSeconds(60));
  }

  private DockerInfo ask(FakeServer.Session session, Duration limit) throws Exception {
    Path socket = directory.resolve("docker.sock");
    try (FakeServer _ = FakeServer.unix(socket, session)) {
      return DockerInfo.ask(socket, limit);
    }
  }

  private static String why(DockerInfo info) {
    return assertInstanceOf(DockerInfo.Silent.class, info).why();
  }

  @Test
  void readsWhatDockerSaysOfItself() throws Exception {
    assertEquals(
        new DockerInfo.Answers("20.10.24", "overlay2", "cgroupfs", true),
        ask(
            FakeServer.answer(
                200,
                "{\"ServerVersion\":\"20.10.24\",\"Driver\":\"overlay2\","
                    + "\"CgroupDriver\":\"cgroupfs\",\"LiveRestoreEnabled\":true}")));
  }

  @Test
  void aHungDockerIsAnAnswer() throws Exception {
    assertTrue(why(ask(FakeServer::hang, Duration.ofMillis(500))).contains("500 ms"));
  }

  @Test
  void aSickDockerIsAnAnswer() throws Exception {
    assertTrue(why(ask(FakeServer.answer(500, "broken"))).contains("status 500: broken"));
  }

  @Test
  void aDockerThatIsNotThereIsAnAnswer() throws Exception {
    Path none = directory.resolve("none");
    assertTrue(why(DockerInfo.ask(none, Duration.ofSeconds(5))).contains("does not exist"));
  }

  @Test
  void anAnswerThatIsNoJsonIsAnAnswer() throws Exception {
    assertInstanceOf(DockerInfo.Silent.class, ask(FakeServer.answer(200, "<html>")));
  }
}
