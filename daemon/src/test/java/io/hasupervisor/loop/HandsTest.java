package io.hasupervisor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.act.Actuator;
import io.hasupervisor.decide.Action;
import io.hasupervisor.decide.Because;
import io.hasupervisor.decide.Consent;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.decide.Purpose;
import io.hasupervisor.observe.Incarnation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every action has one end, in bounded time. */
@Timeout(60)
final class HandsTest {
  private static final Duration SHORT = Duration.ofMillis(20);
  private static final Attachment.Circumstances CIRCUMSTANCES =
      new Attachment.Circumstances(Optional.empty(), Because.DIED, "it died", "");

  private final BlockingQueue<Outcome> ends = new LinkedBlockingQueue<>();
  private final CountDownLatch interrupted = new CountDownLatch(1);

  /** Starting hangs until it is interrupted, and then says that it was done; stopping is a bug. */
  private final class BadActuator implements Actuator {
    @Override
    public Outcome start(Duration limit) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        interrupted.countDown();
      }
      return new Outcome.Done();
    }

    @Override
    public Outcome stop(Duration patience) {
      throw new IllegalStateException("a planted fault");
    }

    @Override
    public Outcome kill(Optional<Incarnation> victim) {
      return new Outcome.Done();
    }
  }

  private Outcome end(Action action) throws InterruptedException {
    Consent nobody = (_, _, _) -> new Outcome.Refused("etcd", "edge of quorum", SHORT);
    Hands hands =
        new Hands("docker", new BadActuator(), nobody, (_, _) -> new Outcome.Done(), SHORT);
    hands.carryOut(action, CIRCUMSTANCES, ends::add);
    Outcome end = ends.poll(20, TimeUnit.SECONDS);
    assertNotNull(end, "no end");
    return end;
  }

  @Test
  void anActionThatNeverReturnsIsGivenUpInterruptedAndToldOnce() throws InterruptedException {
    assertInstanceOf(Outcome.Uncertain.class, end(new Action.Start(SHORT)));
    assertTrue(interrupted.await(20, TimeUnit.SECONDS));
    assertEquals(new Outcome.Done(), end(new Action.Kill(Optional.empty())));
    assertTrue(ends.isEmpty(), "what came after the end is not told");
  }

  @Test
  void aBugIsAnEndToo() throws InterruptedException {
    Outcome end = end(new Action.Stop(Duration.ofSeconds(20)));
    assertTrue(end instanceof Outcome.Uncertain bug && bug.why().contains("bug"), end::toString);
  }

  @Test
  void aRefusalIsPassedOn() throws InterruptedException {
    assertEquals(
        new Outcome.Refused("etcd", "edge of quorum", SHORT),
        end(new Action.AskConsent(Purpose.HEALTH, Consent.Stage.NOW)));
  }

  @Test
  void aHookIsRunAsItsArgumentsStand() throws InterruptedException {
    assertEquals(new Outcome.Done(), end(new Action.RunHook(List.of("test", "a b", "=", "a b"))));
    assertEquals(
        new Outcome.Failed("hook ended with 1"), end(new Action.RunHook(List.of("false"))));
    assertInstanceOf(Outcome.Failed.class, end(new Action.RunHook(List.of("/no/such/hook"))));
  }
}
