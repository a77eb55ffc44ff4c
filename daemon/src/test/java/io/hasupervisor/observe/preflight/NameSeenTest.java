package io.hasupervisor.observe.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class NameSeenTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @Test
  void aResolverThatHangsIsAnAnswer() throws Exception {
    CountDownLatch ever = new CountDownLatch(1);
    NameSeen.Resolver hanging =
        name -> {
          // As the C library does, it takes no notice of an interrupt.
          while (ever.getCount() > 0) {
            try {
              ever.await();
            } catch (InterruptedException e) {
              assertTrue(ever.getCount() > 0);
            }
          }
          throw new UnknownHostException(name);
        };
    Duration limit = Duration.ofMillis(50);
    assertEquals(new NameSeen.NoAnswer("b", limit), NameSeen.look("b", limit, hanging));
    ever.countDown();
  }

  @Test
  void tellsWhatItFoundAndWhatNobodyKnows() throws Exception {
    InetAddress address = InetAddress.ofLiteral("10.0.0.2");
    assertEquals(
        new NameSeen.Found("b", List.of("10.0.0.2")),
        NameSeen.look("b", LONG, _ -> new InetAddress[] {address, address}));
    NameSeen.Resolver nobody =
        name -> {
          throw new UnknownHostException(name);
        };
    assertEquals(new NameSeen.Unknown("b"), NameSeen.look("b", LONG, nobody));
  }
}
