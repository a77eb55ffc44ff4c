package io.hasupervisor.observe.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.cluster.Master;
import io.hasupervisor.host.Clock;
import io.hasupervisor.host.SystemClock;
import io.hasupervisor.observe.FakeServer;
import io.hasupervisor.observe.hostfiles.FakeHost;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class PeerClocksTest {
  private static final Clock CLOCK = SystemClock.verified();

  @TempDir Path directory;

  private Map<String, Duration> look(FakeServer server) throws Exception {
    Map<String, String> masters = new LinkedHashMap<>();
    masters.put("master-1", "10.0.0.1");
    masters.put("b", "127.0.0.1");
    Master master = new FakeHost(directory).masters(masters).master();
    return PeerClocks.look(master, CLOCK, Duration.ofSeconds(10), server.port());
  }

  private static FakeServer.Session saying(String date) {
    return FakeServer.answer(
        FakeHttp.ok(
            "Date: " + date + "\r\n", "{\"etcdserver\":\"3.5.0\",\"etcdcluster\":\"3.5.0\"}"));
  }

  @Test
  void tellsAClockThatIsAheadAndAsksNotItself() throws Exception {
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(10));
    try (FakeServer server = FakeServer.tcp(saying(date))) {
      Map<String, Duration> ahead = look(server);
      assertEquals(Set.of("b"), ahead.keySet());
      Duration difference = ahead.values().iterator().next();
      assertTrue(difference.minusMinutes(10).abs().toSeconds() < 60, ahead.toString());
    }
  }

  @Test
  void aPeerWithoutADateIsLeftOut() throws Exception {
    try (FakeServer server = FakeServer.tcp(saying("yesterday"))) {
      assertEquals(Map.of(), look(server));
    }
  }
}
