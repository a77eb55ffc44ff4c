package io.hasupervisor.loop;

import io.hasupervisor.control.Reply;
import io.hasupervisor.decide.disruption.GateReason;
import io.hasupervisor.decide.disruption.LockOrder;
import io.hasupervisor.decide.disruption.LockOrders;
import io.hasupervisor.decide.disruption.RepairOutcome;
import io.hasupervisor.host.Clock;
import io.hasupervisor.observe.disruption.LockJson;
import io.hasupervisor.observe.disruption.LockSeen;
import io.hasupervisor.observe.etcd.Answer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Carries out operators' orders about the lock, each in a thread of its own and in bounded time:
 * read, change, compare and set, and once more where somebody else wrote first.
 */
final class LockClerk {
  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final int TRIES = 3;

  private final RepairWorld world;
  private final String node;
  private final Clock clock;
  private final Inbox inbox;

  LockClerk(RepairWorld world, String node, Clock clock, Inbox inbox) {
    this.world = world;
    this.node = node;
    this.clock = clock;
    this.inbox = inbox;
  }

  /** How an order ended, and what the loop is to know of it. */
  private record End(Reply reply, Optional<RepairNews> news) {
    static End of(Reply reply) {
      return new End(reply, Optional.empty());
    }
  }

  /** Begins; {@code answer} is completed once, in 15 s at most. */
  void carryOut(LockOrder order, String user, CompletableFuture<Reply> answer) {
    String by = user + " on " + node;
    Limited.run(
        "lock order",
        LIMIT,
        () -> end(order, by),
        why -> End.of(unknown(why)),
        end -> {
          end.news().ifPresent(news -> inbox.post(new Message.Repaired(world, news)));
          answer.complete(end.reply());
        });
  }

  private End end(LockOrder order, String by) throws InterruptedException {
    LockOrders.Giver giver = new LockOrders.Giver(by, world.nonce(), clock.wall());
    Optional<LockOrders.Answer.Change> tried = Optional.empty();
    String why = "";
    for (int n = 0; n < TRIES; n++) {
      Duration asked = clock.now();
      Answer<LockSeen> read = world.lock();
      if (read.got().isEmpty()) {
        return End.of(tried.isPresent() ? unknown(why) : unreachable(why(read)));
      }
      LockSeen seen = read.got().get();
      if (tried.isPresent() && stands(seen, tried.get())) {
        return done(tried.get(), by, seen, asked);
      }
      switch (LockOrders.of(seen, order, giver)) {
        case LockOrders.Answer.Refused refused -> {
          return End.of(Reply.refused(refused.why()));
        }
        case LockOrders.Answer.Change change -> {
          switch (world.write(change.next(), seen.revision())) {
            case RepairOutcome.Done done -> {
              return done(change, by, again(change, done.revision()), clock.now());
            }
            case RepairOutcome.Failed failed -> {
              return End.of(failed(failed));
            }
            case RepairOutcome.Uncertain uncertain -> {
              tried = Optional.of(change);
              why = uncertain.why();
            }
            case RepairOutcome.Lost _ -> tried = Optional.empty();
          }
        }
      }
    }
    return End.of(
        tried.isPresent()
            ? unknown(why)
            : Reply.refused(
                "others wrote the lock at the same moment, "
                    + TRIES
                    + " times: nothing was changed; again, please"));
  }

  /** Read anew, lest the status shows what was; else what was just written. */
  private LockSeen again(LockOrders.Answer.Change change, long revision)
      throws InterruptedException {
    LockSeen written = LockJson.read(LockJson.encode(change.next()), revision);
    return world.lock().got().filter(seen -> seen.revision() >= revision).orElse(written);
  }

  private static End done(
      LockOrders.Answer.Change change, String by, LockSeen seen, Duration asked) {
    return new End(
        Reply.done(change.told()),
        Optional.of(
            new RepairNews.LockOrdered(change.code(), by + ": " + change.told(), seen, asked)));
  }

  private static boolean stands(LockSeen seen, LockOrders.Answer.Change change) {
    return LockJson.read(LockJson.encode(change.next()), seen.revision()).equals(seen);
  }

  private static String why(Answer<LockSeen> answer) {
    return switch (answer) {
      case Answer.Got<LockSeen> _ -> "";
      case Answer.Failed<LockSeen> failed -> failed.detail();
      case Answer.NotAsked<LockSeen> not -> not.why();
    };
  }

  private static Reply failed(RepairOutcome.Failed failed) {
    return failed.reason() == GateReason.LOCK_READ_ONLY
        ? Reply.refused(
            "the database of etcd is full and takes no writes (alarm NOSPACE): nothing was changed."
                + " Make room, in this order: compact, defrag, alarm disarm; ha-supervisor etcd"
                + " status gives the commands")
        : unreachable(failed.why());
  }

  private static Reply unreachable(String why) {
    return Reply.refused(
        "the lock lies in etcd, which does not answer or has no quorum now ("
            + why
            + "): nothing was changed; see: ha-supervisor etcd status");
  }

  private static Reply unknown(String why) {
    return Reply.refused(
        "whether it was changed is not known ("
            + why
            + "); once etcd answers again: ha-supervisor lock show");
  }
}
