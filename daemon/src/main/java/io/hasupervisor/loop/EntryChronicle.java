package io.hasupervisor.loop;

import io.hasupervisor.assess.api.ApiserverView;
import io.hasupervisor.assess.balancer.BalancerState;
import io.hasupervisor.assess.balancer.BalancerView;
import io.hasupervisor.assess.entry.EntryView;
import io.hasupervisor.assess.leader.LeaderState;
import io.hasupervisor.assess.leader.LeaderView;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells the events and the journal of every change of an apiserver, of the load balancer and of the
 * elections, once.
 */
final class EntryChronicle {
  private static final String UNKNOWN = "UNKNOWN";

  private final Announcer announcer;
  private final Map<String, String> told = new HashMap<>();

  EntryChronicle(Announcer announcer) {
    this.announcer = announcer;
  }

  void judged(EntryView view) {
    view.apiservers().forEach(this::apiserver);
    view.balancer().ifPresent(this::balancer);
    view.leaders().forEach(this::leader);
  }

  private void apiserver(ApiserverView it) {
    String behind = it.cause().isEmpty() ? "" : "; " + it.cause();
    tell(
        "apiserver",
        it.master(),
        it.state().name(),
        it.state().serves(),
        "apiserver of "
            + it.master()
            + (it.own() ? " (this host)" : "")
            + ": "
            + it.why()
            + behind);
  }

  private void balancer(BalancerView it) {
    tell(
        "load-balancer",
        it.address(),
        it.state().name(),
        it.state() == BalancerState.HEALTHY,
        "load balancer " + it.address() + ": " + it.why());
  }

  private void leader(LeaderView it) {
    String who = it.master().map(master -> ", on " + master).orElse("");
    tell(
        it.component(),
        "",
        it.state().name(),
        it.state() == LeaderState.HELD,
        "leader of " + it.component() + who + ": " + it.why());
  }

  /**
   * What is not known for a moment, on the way from one state to another, is no news; nor is what
   * is first seen well.
   *
   * @param name under which it appears among the services' events, {@code which} of those
   */
  private void tell(String name, String which, String state, boolean good, String reason) {
    String before = told.getOrDefault(name + " " + which, UNKNOWN);
    if (state.equals(UNKNOWN) || state.equals(before)) {
      return;
    }
    told.put(name + " " + which, state);
    if (!(before.equals(UNKNOWN) && good)) {
      announcer.announce(name, before, state, state, reason, good);
    }
  }
}
