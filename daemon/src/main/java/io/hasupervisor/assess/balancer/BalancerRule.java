package io.hasupervisor.assess.balancer;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.api.ApiserverView;
import io.hasupervisor.observe.api.ApiserverSeen;
import io.hasupervisor.observe.balancer.BalancerSeen;
import io.hasupervisor.observe.balancer.Passage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Pure: tells the load balancer's faults from those of the masters behind it. */
public final class BalancerRule {
  private BalancerRule() {}

  /** What is thought, what of it needs somebody, and what is remembered for the next round. */
  public record Judged(BalancerHistory next, BalancerView view, List<Finding> findings) {}

  /**
   * Takes a round in.
   *
   * @param at monotonic time of the round
   * @param shown the apiservers of the same round, asked by their own addresses, with the
   *     certificates that they showed; {@code apiservers} the same as judged
   */
  public static Judged judge(
      BalancerHistory before,
      BalancerSeen seen,
      Duration at,
      List<ApiserverSeen> shown,
      List<ApiserverView> apiservers) {
    MasterCertificates certificates = before.certificates().then(shown);
    Verdict verdict = new RoundJudge(at, certificates, apiservers).judge(seen.passages());
    List<Passage> served = seen.passages().stream().filter(Passage::served).toList();
    BalancerHistory next =
        before
            .then(certificates, masters(served, certificates), !served.isEmpty(), at)
            .then(verdict, at);
    BalancerView view =
        next.held()
            .map(held -> view(seen, held.verdict(), held.since(), next))
            .orElseGet(
                () ->
                    view(
                        seen,
                        Verdict.of(BalancerState.UNKNOWN, verdict.why()),
                        next.watched().orElse(at),
                        next));
    List<Finding> findings = new ArrayList<>();
    BalancerFindings told = new BalancerFindings(seen.address(), apiservers, next);
    next.held().flatMap(held -> told.of(held.verdict())).ifPresent(findings::add);
    told.oneMaster(at).ifPresent(findings::add);
    return new Judged(next, view, findings);
  }

  private static List<String> masters(List<Passage> served, MasterCertificates certificates) {
    return served.stream()
        .flatMap(passage -> passage.certificate().flatMap(certificates::owner).stream())
        .toList();
  }

  private static BalancerView view(
      BalancerSeen seen, Verdict verdict, Duration since, BalancerHistory known) {
    return new BalancerView(
        seen.address(),
        verdict.state(),
        since,
        verdict.why(),
        known.reached().keySet().stream().sorted().toList());
  }
}
