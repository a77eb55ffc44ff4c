package io.hasupervisor.observe;

import static io.hasupervisor.observe.Checks.SHORT;
import static io.hasupervisor.observe.Checks.failed;
import static io.hasupervisor.observe.Checks.passed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Closeable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DockerProbeTest {
  private static final String INFO =
      "{\"ID\":\"A\",\"Containers\":3,\"ContainersRunning\":2,\"ServerVersion\":\"20.10.24\"}";
  private static final String LIST =
      "[{\"Id\":\"abc\",\"Names\":[\"/etcd\"],\"Unknown\":{\"a\":1}}]";

  @TempDir Path directory;

  private Path socket() {
    return directory.resolve("docker.sock");
  }

  private Probe probe() {
    return new DockerProbe(new ProbeTarget.Docker(socket()));
  }

  /** Treats the first request and the second, each on a connection of its own, as told. */
  private FakeServer docker(FakeServer.Session first, FakeServer.Session second) throws Exception {
    List<FakeServer.Session> turns = new java.util.ArrayList<>(List.of(first, second));
    return FakeServer.unix(
        socket(),
        (in, out) -> {
          FakeServer.Session turn;
          synchronized (turns) {
            turn = turns.size() > 1 ? turns.removeFirst() : turns.getFirst();
          }
          turn.serve(in, out);
        });
  }

  private static FakeServer.Session json(String body) {
    return (_, out) ->
        out.write(
            ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                    + body.length()
                    + "\r\n\r\n"
                    + body)
                .getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void passesWhenDockerSaysWhatItIsAndListsItsContainers() throws Exception {
    try (FakeServer docker = docker(json(INFO), json(LIST))) {
      assertEquals("docker 20.10.24, containers running: 2", passed(probe()));
      assertTrue(docker.requests.remove().startsWith("GET /info HTTP/1.1\r\n"));
      String list = docker.requests.remove();
      assertTrue(list.startsWith("GET /containers/json?limit=1 HTTP/1.1\r\n"), list);
    }
  }

  @Test
  void timesOutWhenTheListHangsThoughInfoAnswers() throws Exception {
    try (FakeServer _ = docker(json(INFO), FakeServer::hang)) {
      Probe probe = probe();
      String detail = failed(Symptom.TIMED_OUT, probe, java.time.Duration.ofSeconds(3));
      assertTrue(detail.contains("for a list of containers"), detail);
    }
  }

  @Test
  void timesOutWhenTheQueueIsFull() throws Exception {
    try (Closeable _ = FakeServer.withFullQueue(socket())) {
      failed(Symptom.TIMED_OUT, probe(), SHORT);
    }
  }

  @Test
  void saysTheStatusOfARefusal() throws Exception {
    FakeServer.Session broken = FakeServer.answer(500, "{\"message\":\"layer store is gone\"}");
    try (FakeServer _ = docker(broken, broken)) {
      String detail = failed(Symptom.BAD_STATUS, probe());
      assertTrue(detail.contains("500") && detail.contains("layer store is gone"), detail);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>nginx</html>", "{\"ServerVersion\":", "[1,2]"})
  void callsWhatIsNotDockersJsonGarbage(String body) throws Exception {
    try (FakeServer _ = docker(json(body), json(LIST))) {
      failed(Symptom.GARBAGE, probe());
    }
  }

  @Test
  void doesNotTakeAnotherServiceForDocker() throws Exception {
    try (FakeServer _ = docker(json("{}"), json("[]"))) {
      failed(Symptom.BAD_BODY, probe());
    }
  }

  @Test
  void callsWhatIsNotHttpGarbage() throws Exception {
    FakeServer.Session garbage = FakeServer.answer("hello\r\n\r\n");
    try (FakeServer _ = docker(garbage, garbage)) {
      failed(Symptom.GARBAGE, probe());
    }
  }

  @Test
  void stopsReadingAnAnswerThatNeverEnds() throws Exception {
    FakeServer.Session endless =
        FakeServer.flood("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"ID\":\"");
    try (FakeServer _ = docker(endless, endless)) {
      failed(Symptom.GARBAGE, probe());
    }
  }

  @Test
  void tellsAMissingFromAStaleSocket() throws Exception {
    failed(Symptom.NO_SOCKET, probe());
    docker(json(INFO), json(LIST)).close();
    failed(Symptom.REFUSED, probe());
  }

  @Test
  void noticesThatDockerDiesWhileAsked() throws Exception {
    FakeServer.Session dying = (_, _) -> {};
    try (FakeServer _ = docker(dying, dying)) {
      failed(Symptom.CLOSED, probe());
    }
  }
}
