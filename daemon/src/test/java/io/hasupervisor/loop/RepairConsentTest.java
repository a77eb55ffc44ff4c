package io.hasupervisor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.decide.Consent;
import io.hasupervisor.decide.Consent.Stage;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.decide.Purpose;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who asks whether a master may be disturbed waits for the loop's answer, and not for ever. */
@Timeout(60)
final class RepairConsentTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private final Inbox inbox = new Inbox();

  private CompletableFuture<Outcome> asking(Consent consent, Purpose purpose) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                outcome.complete(consent.ask("docker", purpose, Stage.NOW));
              } catch (InterruptedException e) {
                outcome.completeExceptionally(e);
              }
            });
    return outcome;
  }

  private RepairAsk asked() throws InterruptedException {
    return assertInstanceOf(Message.ConsentAsked.class, inbox.take(LONG).getFirst()).ask();
  }

  @ParameterizedTest
  @CsvSource({
    "START, start docker",
    "HEALTH, restart docker",
    "OPERATOR_RESTART, restart docker",
    "OPERATOR_STOP, stop docker",
    "STUCK_HOOK, reboot"
  })
  void theLoopIsAskedForWhatWillBeDoneAndItsAnswerIsTheAnswer(Purpose purpose, String words)
      throws Exception {
    CompletableFuture<Outcome> outcome = asking(new RepairConsent(inbox, Consent.ALWAYS), purpose);
    RepairAsk ask = asked();
    assertEquals(words, ask.wanted().words());
    Outcome.Refused no = new Outcome.Refused("LAG", "m2 is behind", LONG);
    assertTrue(ask.answer().complete(no));
    assertSame(no, outcome.get());
  }

  @Test
  void servicesThatCarryNoEtcdAreNobodysBusiness() throws Exception {
    assertEquals(
        new Outcome.Done(),
        new RepairConsent(inbox, Consent.ALWAYS).ask("nginx", Purpose.HEALTH, Stage.NOW));
    assertEquals(List.of(), inbox.take(Duration.ZERO));
  }

  @Test
  void anotherNoIsANo() throws Exception {
    Outcome.Refused no = new Outcome.Refused("x", "y", LONG);
    assertSame(
        no, new RepairConsent(inbox, (_, _, _) -> no).ask("docker", Purpose.HEALTH, Stage.NOW));
  }

  @Test
  void whoGetsNoAnswerGivesUpAndSaysSo() throws Exception {
    Outcome outcome =
        new RepairConsent(inbox, Consent.ALWAYS, Duration.ofMillis(20))
            .ask("docker", Purpose.HEALTH, Stage.NOW);
    assertEquals("BUSY", assertInstanceOf(Outcome.Refused.class, outcome).guard());
    List<Message> told = inbox.take(LONG);
    RepairAsk ask = ((Message.ConsentAsked) told.getFirst()).ask();
    assertEquals(new Message.ConsentWithdrawn(ask.answer()), told.getLast());
    assertTrue(ask.answer().isDone(), "a late yes is noticed by whoever gives it");
  }

  @Test
  void whoIsInterruptedSaysSo() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    Thread asker =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    Outcome _ =
                        new RepairConsent(inbox, Consent.ALWAYS)
                            .ask("docker", Purpose.HEALTH, Stage.NOW);
                  } catch (InterruptedException e) {
                    ended.countDown();
                  }
                });
    RepairAsk ask = asked();
    asker.interrupt();
    ended.await();
    assertEquals(new Message.ConsentWithdrawn(ask.answer()), inbox.take(LONG).getFirst());
  }
}
