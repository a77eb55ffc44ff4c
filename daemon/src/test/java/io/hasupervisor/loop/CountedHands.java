package io.hasupervisor.loop;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import io.hasupervisor.decide.Outcome;
import io.hasupervisor.decide.disruption.RepairAction;
import io.hasupervisor.host.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Hands that know what they have not told the end of: a test's time stands still until then. */
final class CountedHands extends RepairHands {
  private int begun;
  private boolean granted;

  CountedHands(RepairWorld world, Clock clock, Saved saved, Inbox inbox) {
    super(world, clock, saved, inbox);
  }

  /** Whether something will still be told. In the thread of the desk. */
  boolean busy() {
    return begun > 0;
  }

  /** This was told. */
  void told(RepairNews news) {
    switch (news) {
      case RepairNews.HostLooked _, RepairNews.Ended _, RepairNews.Gone _ -> begun--;
      case RepairNews.Recalled _, RepairNews.LockAnswered _, RepairNews.LockOrdered _ -> {}
    }
  }

  /** Whether anybody was let act. */
  boolean granted() {
    return granted;
  }

  @Override
  void look(Optional<RepairAsk> sake) {
    begun++;
    super.look(sake);
  }

  @Override
  void carryOut(RepairAction action) {
    begun++;
    super.carryOut(action);
  }

  /** Who has gone or was too late is told of; to whoever waits it comes by another way. */
  @Override
  void grant(CompletableFuture<Outcome> answer, boolean vote) {
    granted = true;
    boolean gone = answer.isDone();
    super.grant(answer, vote);
    Outcome told = assertDoesNotThrow(() -> answer.get(60, TimeUnit.SECONDS));
    begun += gone || told instanceof Outcome.Refused ? 1 : 0;
  }
}
