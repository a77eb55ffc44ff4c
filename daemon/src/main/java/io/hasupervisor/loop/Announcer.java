package io.hasupervisor.loop;

import io.hasupervisor.host.Clock;
import io.hasupervisor.publish.ServiceEvent;
import org.tinylog.Logger;
import org.tinylog.ThreadContext;

/** Tells the events' readers and the journal of one change. */
final class Announcer {
  private final Clock clock;
  private final EventRing events;

  Announcer(Clock clock, EventRing events) {
    this.clock = clock;
    this.events = events;
  }

  /**
   * One change of state or reason.
   *
   * @param good whether nobody needs to worry
   */
  void announce(String name, String from, String to, String because, String reason, boolean good) {
    events.add(new ServiceEvent(events.nextSeq(), clock.wall(), name, from, to, because, reason));
    ThreadContext.put("service", name);
    ThreadContext.put("state", to);
    ThreadContext.put("because", because);
    try {
      if (good) {
        Logger.info("{} {}: {}", name, to, reason);
      } else {
        Logger.warn("{} {}: {}", name, to, reason);
      }
    } finally {
      ThreadContext.clear();
    }
  }
}
