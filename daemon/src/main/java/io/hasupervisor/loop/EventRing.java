package io.hasupervisor.loop;

import io.hasupervisor.publish.ServiceEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last events, for readers in any thread. */
final class EventRing {
  private final int kept;
  private final Deque<ServiceEvent> events = new ArrayDeque<>();
  private long lastSeq;

  EventRing(int kept) {
    this.kept = kept;
  }

  synchronized long nextSeq() {
    return ++lastSeq;
  }

  synchronized void add(ServiceEvent event) {
    if (events.size() == kept) {
      events.removeFirst();
    }
    events.addLast(event);
  }

  synchronized List<ServiceEvent> since(long seq) {
    return events.stream().filter(event -> event.seq() > seq).toList();
  }
}
