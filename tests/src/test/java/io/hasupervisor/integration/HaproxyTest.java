package io.hasupervisor.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.cluster.Master;
import io.hasupervisor.observe.api.ApiAnswer;
import io.hasupervisor.observe.balancer.BalancerLook;
import io.hasupervisor.observe.balancer.Passage;
import io.hasupervisor.publish.ControlPlane.ReadyStatus;
import io.hasupervisor.publish.http.Doors;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The shipped configurations, judged and used by the real haproxy and keepalived. */
@Timeout(120)
final class HaproxyTest {
  private static final int ASKED = 20;
  private static final Set<String> BOTH = Set.of("m1", "m2");

  @TempDir Path directory;

  @Test
  void haproxyTakesTheShippedConfiguration() throws Exception {
    Master master = Haproxy.master(directory, 6443, 8443);
    Path file = Haproxy.rendered(master, directory, "haproxy.cfg");
    Command.run("haproxy", "-c", "-V", "-f", file);
  }

  @Test
  void keepalivedTakesTheShippedConfiguration() throws Exception {
    Master master = Haproxy.master(directory, 6443, 8443);
    Path file = Haproxy.rendered(master, directory, "keepalived.conf");
    Command.run("keepalived", "-t", "-f", file);
  }

  /** Who serves so many requests; one that is lost fails the test. */
  private static Set<String> serving(Haproxy haproxy) throws IOException, GeneralSecurityException {
    Set<String> serving = new TreeSet<>();
    for (int i = 0; i < ASKED; i++) {
      serving.add(FakeApiserver.ask(haproxy.port));
    }
    return serving;
  }

  /** Until these alone serve. */
  private static Duration until(Set<String> wanted, Haproxy haproxy) throws Exception {
    long begun = System.nanoTime();
    while (true) {
      haproxy.lives();
      try {
        if (serving(haproxy).equals(wanted)) {
          return Duration.ofNanos(System.nanoTime() - begun);
        }
      } catch (IOException e) {
        // It starts, and has checked nobody yet.
      }
      Thread.sleep(100);
    }
  }

  @WaitingTest
  void noRequestGoesToAMasterThatSaysThatItIsNotReady() throws Exception {
    int apiservers = Ports.next();
    Master master = Haproxy.master(directory, apiservers, Ports.next());
    Credentials made = Credentials.create(directory.resolve("made"), master, Duration.ofHours(1));
    try (FakeApiserver m1 = FakeApiserver.start(made, "m1", "127.0.0.2", apiservers);
        FakeApiserver m2 = FakeApiserver.start(made, "m2", "127.0.0.3", apiservers);
        Haproxy haproxy = Haproxy.start(master, directory, UnaryOperator.identity())) {
      until(BOTH, haproxy);
      try (Socket first = FakeApiserver.connect(haproxy.port);
          Socket second = FakeApiserver.connect(haproxy.port)) {
        Socket led =
            FakeApiserver.ask(first, "keep-alive").equals("m1") ? first : other(first, second);
        assertEquals("m1", FakeApiserver.ask(led, "keep-alive"));
        m1.readyz = 503;
        Thread.sleep(Duration.ofSeconds(7)); // three checks, two seconds apart
        int before = m1.served.get();
        assertEquals(Set.of("m2"), serving(haproxy));
        assertThrows(
            IOException.class,
            () -> FakeApiserver.ask(led, "keep-alive"),
            "a connection that stays must not keep its requests there");
        assertEquals(before, m1.served.get());
      }
      m1.readyz = 200;
      assertTrue(until(BOTH, haproxy).toSeconds() < 10);
      assertTrue(m2.served.get() > 0);
    }
  }

  private static Socket other(Socket first, Socket second) throws IOException {
    assertEquals("m2", FakeApiserver.ask(first, "keep-alive"));
    return second;
  }

  @WaitingTest
  void whatTheLookSeesThroughItTellsAFullHouseFromAnEmptyOne() throws Exception {
    int apiservers = Ports.next();
    Master master = Haproxy.master(directory, apiservers, Ports.next());
    Credentials made = Credentials.create(directory.resolve("made"), master, Duration.ofHours(1));
    BalancerLook look = BalancerLook.of(master);
    try (FakeApiserver m1 = FakeApiserver.start(made, "m1", "127.0.0.2", apiservers);
        FakeApiserver m2 = FakeApiserver.start(made, "m2", "127.0.0.3", apiservers);
        Haproxy haproxy = Haproxy.start(master, directory, UnaryOperator.identity())) {
      until(BOTH, haproxy);
      Set<String> shown = new TreeSet<>();
      for (Passage passage : passages(look)) {
        assertTrue(passage.served(), passage.toString());
        assertTrue(passage.distrust().isEmpty(), passage.toString());
        shown.add(passage.certificate().orElseThrow());
      }
      assertEquals(2, shown.size(), "each master is known by its certificate");
      m1.readyz = 500;
      m2.readyz = 500;
      Thread.sleep(Duration.ofSeconds(8));
      for (Passage passage : passages(look)) {
        ApiAnswer.Silent said = (ApiAnswer.Silent) passage.answer();
        assertTrue(said.connected(), "it accepts, and hangs up: " + said);
      }
    }
  }

  private static List<Passage> passages(BalancerLook look) throws InterruptedException {
    return look.look().orElseThrow().passages();
  }

  @WaitingTest
  void haproxysPlainCheckOfReadyLeavesOutAMasterThatDeniesIt() throws Exception {
    int apiservers = Ports.next();
    int port = Ports.next();
    Master master = Haproxy.master(directory, apiservers, Ports.next());
    Credentials made = Credentials.create(directory.resolve("made"), master, Duration.ofHours(1));
    ReadyStatus[] says = {
      new ReadyStatus(true, List.of("Its apiserver serves.")),
      new ReadyStatus(true, List.of("Its apiserver serves."))
    };
    try (Doors ready1 = Doors.ofReady(() -> says[0], List.of("127.0.0.2:" + port), Instant::now);
        Doors ready2 = Doors.ofReady(() -> says[1], List.of("127.0.0.3:" + port), Instant::now);
        FakeApiserver m1 = FakeApiserver.start(made, "m1", "127.0.0.2", apiservers);
        FakeApiserver m2 = FakeApiserver.start(made, "m2", "127.0.0.3", apiservers);
        Haproxy haproxy =
            Haproxy.start(
                master,
                directory,
                text ->
                    text.replace("    option httpchk\n", "    option httpchk GET /ready\n")
                        .replaceFirst("\n    http-check send [^\n]*", "")
                        .replace(" check check-ssl verify none ", " check port " + port + " "))) {
      ready1.open();
      ready2.open();
      until(BOTH, haproxy);
      says[0] = new ReadyStatus(false, List.of("etcd has lost quorum."));
      Thread.sleep(Duration.ofSeconds(7));
      int before = m1.served.get();
      assertEquals(Set.of("m2"), serving(haproxy));
      assertEquals(before, m1.served.get());
      assertTrue(m2.served.get() > 0);
    }
  }
}
