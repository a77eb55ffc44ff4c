package io.hasupervisor.assess.entry;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.assess.api.ApiserverState;
import io.hasupervisor.assess.api.ApiserverView;
import io.hasupervisor.assess.balancer.BalancerState;
import io.hasupervisor.assess.balancer.BalancerView;
import io.hasupervisor.assess.leader.LeaderState;
import io.hasupervisor.assess.leader.LeaderView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is to be thought of the way into the cluster where no round of questions has ended for too
 * long: that nothing is known.
 */
public final class StaleEntry {
  private StaleEntry() {}

  /** What {@code last} is worth, of which nothing newer has come. */
  public static EntryView of(EntryView last, Duration now) {
    String why = "no round of questions has ended for " + now.minus(last.at()).toSeconds() + " s";
    return new EntryView(
        last.at(),
        last.apiservers().stream().map(it -> apiserver(it, now, why)).toList(),
        last.balancer().map(it -> balancer(it, now, why)),
        last.leaders().stream().map(it -> leader(it, now, why)).toList(),
        List.of(
            Finding.of(
                "ENTRY_NOT_ASKED",
                Severity.WARNING,
                "apiservers",
                "Nothing is known of the apiservers, the load balancer and the leaders: "
                    + why
                    + ".",
                "See what hangs: journalctl -u ha-supervisor; the daemon goes on asking once it"
                    + " can, and systemctl restart ha-supervisor makes it begin anew.")));
  }

  private static ApiserverView apiserver(ApiserverView it, Duration now, String why) {
    return new ApiserverView(
        it.master(),
        it.url(),
        it.own(),
        ApiserverState.UNKNOWN,
        now,
        why + "; before that " + it.state(),
        "");
  }

  private static BalancerView balancer(BalancerView it, Duration now, String why) {
    return new BalancerView(
        it.address(), BalancerState.UNKNOWN, now, why + "; before that " + it.state(), List.of());
  }

  private static LeaderView leader(LeaderView it, Duration now, String why) {
    return new LeaderView(
        it.component(),
        LeaderState.UNKNOWN,
        Optional.empty(),
        it.record(),
        now,
        it.changed(),
        why + "; before that " + it.state());
  }
}
