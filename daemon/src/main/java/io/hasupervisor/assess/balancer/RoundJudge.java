package io.hasupervisor.assess.balancer;

import io.hasupervisor.assess.api.ApiserverState;
import io.hasupervisor.assess.api.ApiserverView;
import io.hasupervisor.observe.api.ApiAnswer;
import io.hasupervisor.observe.balancer.Passage;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One round's passages to a verdict.
 *
 * @param at monotonic time of the round
 */
record RoundJudge(Duration at, MasterCertificates certificates, List<ApiserverView> apiservers) {
  /**
   * A load balancer may take so long to notice: that it still leads to such a master is no news.
   */
  private static final Duration NOTICE = Duration.ofSeconds(30);

  private record Graded(Passage passage, Grade grade, Optional<String> master) {}

  Verdict judge(List<Passage> passages) {
    List<Graded> asked =
        passages.stream().map(this::graded).filter(it -> it.grade() != Grade.UNASKED).toList();
    if (asked.isEmpty()) {
      return Verdict.of(
          BalancerState.UNKNOWN, passages.isEmpty() ? "not asked" : words(passages.getFirst()));
    }
    List<Graded> failed = asked.stream().filter(it -> !it.grade().served()).toList();
    if (failed.isEmpty()) {
      return new Verdict(BalancerState.HEALTHY, true, "", List.of());
    }
    // Of several faults the one that the operator must see first comes last in the enumeration.
    Graded worst = failed.stream().max(Comparator.comparing(Graded::grade)).orElseThrow();
    boolean all = failed.size() == asked.size();
    boolean reached = worst.grade().compareTo(Grade.UNTRUSTED) > 0;
    if (all && reached && !someServes()) {
      return excused(worst);
    }
    BalancerState state = all || !reached ? worst.grade().alone() : BalancerState.DEAD_BACKEND;
    return new Verdict(
        state,
        all,
        failed.size() + " of " + asked.size() + " connections: " + words(worst.passage()),
        failed.stream()
            .filter(it -> it.grade() == worst.grade())
            .flatMap(it -> it.master().stream())
            .distinct()
            .sorted()
            .toList());
  }

  private boolean someServes() {
    return apiservers.stream().anyMatch(it -> it.state().serves());
  }

  /** No apiserver is seen to serve: then who stands before them has nobody to lead to. */
  private Verdict excused(Graded worst) {
    boolean judged = apiservers.stream().anyMatch(it -> it.state() != ApiserverState.UNKNOWN);
    return judged
        ? Verdict.of(
            BalancerState.NO_MASTER_SERVES,
            "no apiserver serves by its own address; through it: " + words(worst.passage()))
        : Verdict.of(
            BalancerState.UNKNOWN,
            "the apiservers are not judged yet; through it: " + words(worst.passage()));
  }

  private Graded graded(Passage passage) {
    Optional<String> master = passage.certificate().flatMap(certificates::owner);
    Grade grade = Grade.of(passage, master.isPresent());
    boolean wronglyLed =
        grade.served()
            && master.flatMap(this::view).filter(it -> unfit(it, passage.answer())).isPresent();
    return new Graded(passage, wronglyLed ? Grade.SICK_MASTER : grade, master);
  }

  private Optional<ApiserverView> view(String master) {
    return apiservers.stream().filter(it -> it.master().equals(master)).findFirst();
  }

  /**
   * Whether who answered should not have been chosen. That it says it is well counts for more than
   * what was seen by its own address, where a firewall may stand between; but a master that is not
   * ready says that too, and one that permits nothing says nothing of its health.
   */
  private boolean unfit(ApiserverView view, ApiAnswer answer) {
    boolean unfit =
        switch (view.state()) {
          case NOT_READY -> true;
          case ETCD_FAILS, SICK -> answer instanceof ApiAnswer.Denied;
          case UNKNOWN, DOWN, UNREACHABLE, HUNG, UNTRUSTED, FOREIGN, UP, HEALTHY -> false;
        };
    return unfit && at.minus(view.since()).compareTo(NOTICE) >= 0;
  }

  private static String words(Passage passage) {
    return switch (passage.answer()) {
      case ApiAnswer.Well _ -> passage.distrust().orElse("led to a master that is not ready");
      case ApiAnswer.Denied it ->
          passage
              .distrust()
              .orElse("led to a master that does not serve, which says " + it.status());
      case ApiAnswer.Failing it ->
          it.checks().isEmpty()
              ? "the answer is " + it.status() + (it.said().isEmpty() ? "" : ", " + it.said())
              : "the apiserver behind it says "
                  + it.status()
                  + ": "
                  + String.join(", ", it.checks());
      case ApiAnswer.NoSuchPath _ -> "the answer is 404: no apiserver says that to /healthz";
      case ApiAnswer.Foreign it ->
          (it.status() > 0 ? "the answer is " + it.status() + ", " : "") + it.said();
      case ApiAnswer.Silent it -> it.detail();
      case ApiAnswer.NotAsked it -> it.why();
    };
  }
}
