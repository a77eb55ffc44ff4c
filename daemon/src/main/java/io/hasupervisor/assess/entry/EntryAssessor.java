package io.hasupervisor.assess.entry;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.api.ApiserverHistory;
import io.hasupervisor.assess.api.ApiserverRule;
import io.hasupervisor.assess.api.ApiserverView;
import io.hasupervisor.assess.api.ContainerWords;
import io.hasupervisor.assess.api.EndpointRule;
import io.hasupervisor.assess.balancer.BalancerHistory;
import io.hasupervisor.assess.balancer.BalancerRule;
import io.hasupervisor.assess.balancer.BalancerView;
import io.hasupervisor.assess.leader.LeaderHistory;
import io.hasupervisor.assess.leader.LeaderRule;
import io.hasupervisor.assess.leader.LeaderScene;
import io.hasupervisor.assess.leader.LeaderView;
import io.hasupervisor.assess.leader.Trouble;
import io.hasupervisor.observe.api.ApiserverSeen;
import io.hasupervisor.observe.entry.EntryRound;
import io.hasupervisor.observe.leader.LeaderSeen;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pure: a round of answers to what is thought of the way into the cluster. */
public final class EntryAssessor {
  /** The name of its manifest. */
  private static final String APISERVER = "kube-apiserver";

  private EntryAssessor() {}

  /** What is thought, and what is remembered for the next round. */
  public record Judgement(EntryHistory next, EntryView view) {}

  /** Takes a round in. */
  public static Judgement assess(EntryHistory before, EntryRound round, EntryScene scene) {
    List<Finding> findings = new ArrayList<>();
    Map<String, ApiserverHistory> servers = new HashMap<>();
    List<ApiserverView> apiservers = new ArrayList<>();
    for (ApiserverSeen seen : round.apiservers()) {
      ApiserverRule.Judged judged =
          ApiserverRule.judge(
              before.apiservers().getOrDefault(seen.master(), ApiserverHistory.none()),
              seen,
              round.at(),
              before.started(),
              scene.etcd(),
              scene.etcdWords(),
              seen.own()
                  ? ContainerWords.of(Optional.ofNullable(scene.pods().get(APISERVER)))
                  : "");
      servers.put(seen.master(), judged.next());
      apiservers.add(judged.view());
      findings.addAll(judged.findings());
    }
    EndpointRule.Judged behind =
        EndpointRule.judge(
            before.endpoints(), round.endpoints(), apiservers, scene.masters(), round.at());
    findings.addAll(behind.findings());
    Optional<BalancerRule.Judged> through =
        round
            .balancer()
            .map(
                seen ->
                    BalancerRule.judge(
                        before.balancer(), seen, round.at(), round.apiservers(), apiservers));
    through.ifPresent(judged -> findings.addAll(judged.findings()));
    Map<String, LeaderHistory> elections = new HashMap<>();
    List<LeaderView> leaders = new ArrayList<>();
    for (LeaderSeen seen : round.leaders()) {
      LeaderRule.Judged judged =
          LeaderRule.judge(
              before.leaders().getOrDefault(seen.component(), LeaderHistory.none()),
              seen,
              round.at(),
              new LeaderScene(
                  scene.node(),
                  scene.masters(),
                  Optional.ofNullable(scene.pods().get(seen.component())),
                  Trouble.of(scene.etcd(), scene.etcdWords(), apiservers)));
      elections.put(seen.component(), judged.next());
      leaders.add(judged.view());
      findings.addAll(judged.findings());
    }
    Optional<BalancerView> balancer = through.map(BalancerRule.Judged::view);
    BalancerHistory passed = through.map(BalancerRule.Judged::next).orElse(before.balancer());
    return new Judgement(
        new EntryHistory(before.started(), servers, behind.next(), passed, elections),
        new EntryView(round.at(), apiservers, balancer, leaders, findings));
  }
}
