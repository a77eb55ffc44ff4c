package io.hasupervisor.publish;

import io.hasupervisor.decide.Because;
import io.hasupervisor.decide.Phase;
import io.hasupervisor.decide.Purpose;
import io.hasupervisor.publish.Status.Level;
import io.hasupervisor.publish.Status.Notice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The verdict over all services and static pods, and one sentence that names those that are not
 * well, the worst first.
 */
record Summary(Level verdict, String sentence) {
  /** Services and notices named in the sentence; the rest are counted. */
  private static final int NAMED = 4;

  static Summary of(
      List<Situation> services,
      Optional<ControlPlane> controlPlane,
      Optional<WorkerStatus> worker,
      List<Notice> notices,
      boolean observeOnly) {
    Level worst =
        Stream.of(
                services.stream().map(Summary::level),
                controlPlane.stream().map(ControlPlaneSummary::level),
                worker.stream().map(WorkerStatusView::level))
            .flatMap(levels -> levels)
            .max(Comparator.naturalOrder())
            .orElse(Level.OK);
    boolean remark = observeOnly || !notices.isEmpty() || services.isEmpty();
    Level verdict = remark && worst == Level.OK ? Level.ATTENTION : worst;
    List<String> clauses = new ArrayList<>(unwell(services));
    if (clauses.isEmpty()) {
      clauses.add(well(services));
    }
    controlPlane.map(ControlPlaneSummary::clauses).ifPresent(clauses::addAll);
    worker.map(WorkerStatusView::clauses).ifPresent(clauses::addAll);
    if (observeOnly) {
      clauses.add("all is only observed");
    }
    notices.stream().limit(NAMED).map(notice -> "notice " + notice.code()).forEach(clauses::add);
    return new Summary(verdict, String.join("; ", clauses) + ".");
  }

  private static List<String> unwell(List<Situation> services) {
    List<Situation> unwell =
        services.stream()
            .filter(
                service ->
                    !(service.state().phase() instanceof Phase.Healthy)
                        || level(service) != Level.OK)
            .sorted(Comparator.comparing(Summary::level).reversed())
            .toList();
    List<String> clauses = new ArrayList<>();
    String mentioned = "";
    for (Situation service : unwell.subList(0, Math.min(NAMED, unwell.size()))) {
      clauses.add(clause(service, mentioned));
      mentioned = service.name();
    }
    if (unwell.size() > NAMED) {
      clauses.add((unwell.size() - NAMED) + " more are not well");
    }
    return clauses;
  }

  private static String well(List<Situation> services) {
    return switch (services.size()) {
      case 0 -> "no service is configured";
      case 1, 2, 3 ->
          Phrases.list(services.stream().map(Situation::name).toList())
              + (services.size() == 1 ? " is healthy" : " are healthy");
      default -> "all " + services.size() + " services are healthy";
    };
  }

  /** How much an operator is needed for one service. */
  static Level level(Situation s) {
    Because because = s.state().because();
    Level level =
        switch (s.state().phase()) {
          case Phase.Healthy _ ->
              because == Because.PROBES_PASS || because == Because.RECOVERED
                  ? Level.OK
                  : Level.ATTENTION;
          case Phase.Starting _ ->
              s.state().log().attempt() > 0 || because == Because.KILLED
                  ? Level.ATTENTION
                  : Level.OK;
          case Phase.Unknown _,
              Phase.Waiting _,
              Phase.Suspect _,
              Phase.Asking _,
              Phase.Killing _,
              Phase.Backoff _,
              Phase.Held _ ->
              Level.ATTENTION;
          case Phase.SlowRetry _, Phase.Stuck _ -> Level.CRITICAL;
        };
    return level == Level.OK && s.policy().observeOnly() ? Level.ATTENTION : level;
  }

  private static String clause(Situation s, String mentioned) {
    return s.name()
        + " "
        + switch (s.state().phase()) {
          case Phase.Unknown _ -> "is not known yet";
          case Phase.Waiting waiting ->
              "waits for "
                  + (waiting.on().equals(List.of(mentioned)) ? "it" : Phrases.list(waiting.on()));
          case Phase.Asking _ -> "is down until consent to start it is given";
          case Phase.Starting _ -> "is starting";
          case Phase.Healthy _ ->
              s.state().because() == Because.INIT_UNREACHABLE
                  ? "was healthy but cannot be seen now"
                  : s.state().because() == Because.INIT_BUSY
                      ? "is being changed by its init system"
                      : "is healthy and only observed";
          case Phase.Suspect _ -> Trouble.of(s);
          case Phase.Killing killing ->
              killing.purpose() == Purpose.OPERATOR_STOP
                  ? "is being stopped by order"
                  : "is being stopped to be restarted";
          case Phase.Backoff _ ->
              "is down and " + (observed(s) ? "only observed" : "started " + s.inTime());
          case Phase.SlowRetry _ -> slow(s);
          case Phase.Stuck _ -> "cannot be killed";
          case Phase.Held held ->
              switch (held.hold().kind()) {
                case OPERATOR -> "is held by " + Plain.line(held.hold().by(), 32);
                case STOPPED -> "is kept down by " + Plain.line(held.hold().by(), 32);
                case GUARD ->
                    s.alive()
                        ? "is sick and must not be killed now"
                        : "is down and must not be started now";
              };
        };
  }

  private static String slow(Situation s) {
    return switch (s.state().because()) {
      case UNIT_ABSENT -> "cannot be started, its unit is missing";
      case KILL_BUDGET_SPENT -> "stays sick and is killed slowly (" + KillSentences.kills(s) + ")";
      case CONFIG_EXIT -> "is down with a broken configuration and retried slowly";
      case OBSERVE_ONLY -> "is down and only observed";
      default -> "is down and retried slowly (" + DownSentences.deathsCounted(s) + ")";
    };
  }

  private static boolean observed(Situation s) {
    return s.state().because() == Because.OBSERVE_ONLY;
  }
}
