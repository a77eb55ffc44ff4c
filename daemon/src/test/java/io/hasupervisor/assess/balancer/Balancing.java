package io.hasupervisor.assess.balancer;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.api.ApiserverState;
import io.hasupervisor.assess.api.ApiserverView;
import io.hasupervisor.observe.Symptom;
import io.hasupervisor.observe.api.ApiAnswer;
import io.hasupervisor.observe.api.ApiserverSeen;
import io.hasupervisor.observe.balancer.BalancerSeen;
import io.hasupervisor.observe.balancer.Passage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Three masters behind a load balancer, asked each ten seconds. */
final class Balancing {
  static final Duration PERIOD = Duration.ofSeconds(10);
  static final String ADDRESS = "10.0.0.10:8443";

  private final Map<String, ApiserverState> states = new TreeMap<>();
  private final Map<String, Duration> since = new LinkedHashMap<>();
  private final Map<String, String> certificates = new LinkedHashMap<>();
  private BalancerHistory history = BalancerHistory.none();
  private Duration now = Duration.ofMinutes(1);
  private Optional<BalancerRule.Judged> judged = Optional.empty();

  Balancing() {
    for (String master : List.of("m1", "m2", "m3")) {
      certificates.put(master, "cert-" + master);
      is(master, ApiserverState.HEALTHY);
    }
  }

  Balancing is(String master, ApiserverState state) {
    states.put(master, state);
    since.put(master, now);
    return this;
  }

  Balancing all(ApiserverState state) {
    List.of("m1", "m2", "m3").forEach(master -> is(master, state));
    return this;
  }

  Balancing sharing(String certificate) {
    certificates.replaceAll((_, _) -> certificate);
    return this;
  }

  /** One round in which these connections ended so. */
  Balancing round(Passage... passages) {
    now = now.plus(PERIOD);
    List<ApiserverSeen> shown = new ArrayList<>();
    List<ApiserverView> views = new ArrayList<>();
    states.forEach(
        (master, state) -> {
          ApiAnswer.NotAsked none = new ApiAnswer.NotAsked("");
          shown.add(
              new ApiserverSeen(
                  master,
                  "https://" + master + ":6443",
                  master.equals("m1"),
                  none,
                  none,
                  none,
                  state == ApiserverState.DOWN
                      ? Optional.empty()
                      : Optional.ofNullable(certificates.get(master))));
          views.add(
              new ApiserverView(
                  master,
                  "https://" + master + ":6443",
                  master.equals("m1"),
                  state,
                  since.getOrDefault(master, Duration.ZERO),
                  "",
                  ""));
        });
    BalancerRule.Judged next =
        BalancerRule.judge(
            history, new BalancerSeen(ADDRESS, List.of(passages)), now, shown, views);
    history = next.next();
    judged = Optional.of(next);
    return this;
  }

  Balancing rounds(int number, Passage... passages) {
    for (int i = 0; i < number; i++) {
      round(passages);
    }
    return this;
  }

  BalancerView view() {
    return judged.orElseThrow().view();
  }

  BalancerState state() {
    return view().state();
  }

  List<String> codes() {
    return judged.orElseThrow().findings().stream().map(Finding::code).toList();
  }

  Finding finding() {
    List<Finding> all = judged.orElseThrow().findings();
    if (all.size() != 1) {
      throw new AssertionError(all);
    }
    return all.getFirst();
  }

  static Passage well(String master) {
    return passage(master, new ApiAnswer.Well(Duration.ofMillis(3)));
  }

  static Passage denied(String master) {
    return passage(master, new ApiAnswer.Denied(403));
  }

  static Passage distrusted(String certificate, String why) {
    return new Passage(
        Optional.of(certificate), Optional.of(why), new ApiAnswer.Well(Duration.ofMillis(3)));
  }

  static Passage etcdFails(String master) {
    return passage(master, new ApiAnswer.Failing(500, List.of("etcd"), "[-]etcd failed"));
  }

  static Passage passage(String master, ApiAnswer answer) {
    return new Passage(Optional.of("cert-" + master), Optional.empty(), answer);
  }

  static Passage said(ApiAnswer answer) {
    return new Passage(Optional.empty(), Optional.empty(), answer);
  }

  static Passage silent(Symptom symptom, boolean connected, String detail) {
    return said(new ApiAnswer.Silent(symptom, connected, detail));
  }

  static Passage refused() {
    return silent(Symptom.REFUSED, false, "nothing listens at port 8443 of 10.0.0.10");
  }

  static Passage lost() {
    return silent(Symptom.TIMED_OUT, false, "no answer within 3 s: still connecting");
  }

  static Passage hung() {
    return silent(Symptom.TIMED_OUT, true, "no answer within 3 s: still shaking hands");
  }

  static Passage closed() {
    return silent(Symptom.CLOSED, true, "the connection was closed while shaking hands");
  }
}
