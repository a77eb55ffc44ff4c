package io.hasupervisor.loop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The loop's mailbox: any thread posts, the loop takes. */
final class Inbox {
  private final LinkedBlockingQueue<Message> queue = new LinkedBlockingQueue<>();

  void post(Message message) {
    queue.add(message);
  }

  /** Everything waiting, after waiting at most {@code limit} for the first. */
  List<Message> take(Duration limit) throws InterruptedException {
    List<Message> taken = new ArrayList<>();
    Message first = queue.poll(Math.max(0, limit.toNanos()), TimeUnit.NANOSECONDS);
    if (first != null) {
      taken.add(first);
      queue.drainTo(taken);
    }
    return taken;
  }
}
