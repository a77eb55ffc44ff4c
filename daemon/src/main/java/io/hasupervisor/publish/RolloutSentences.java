package io.hasupervisor.publish;

import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.decide.manifest.Fallback;
import io.hasupervisor.decide.manifest.PodFacts;
import io.hasupervisor.decide.manifest.RolloutBecause;
import io.hasupervisor.decide.manifest.RolloutFacts.Standing;
import io.hasupervisor.decide.manifest.RolloutPhase;
import java.util.List;

/** One sentence on where the placement of the manifests stands, why, and what comes next. */
public final class RolloutSentences {
  private RolloutSentences() {}

  /** The sentence. */
  public static String of(RolloutSituation s) {
    return switch (s.state().phase()) {
      case RolloutPhase.None _ -> none(s);
      case RolloutPhase.Observed observed ->
          "The manifest directory belongs to "
              + Plain.line(observed.owner(), 80)
              + ": it is only looked at, nothing is placed.";
      case RolloutPhase.Placing _ -> "Placing " + s.revision() + ": " + onTheWay(s) + ".";
      case RolloutPhase.Settling _ -> settling(s);
      case RolloutPhase.Placed _ -> placed(s);
      case RolloutPhase.RollingBack back ->
          failure(back.from()) + ": going back to " + s.revision() + ": " + onTheWay(s) + ".";
      case RolloutPhase.RolledBack back ->
          failure(back.from())
              + " and was rolled back: "
              + s.revision()
              + " stands"
              + shortly(s)
              + "; mend the manifest and place it anew.";
      case RolloutPhase.RollbackFailed failed ->
          failure(failed.from())
              + ", and after the roll-back to "
              + s.revision()
              + " "
              + Plain.line(failed.manifest(), 64)
              + " does not run either"
              + detail(failed.detail())
              + ": nothing more is done by itself; look at its log.";
    };
  }

  private static String none(RolloutSituation s) {
    return s.state().ordered().isPresent()
        ? "A placement was ordered; the manifest directory is looked at first."
        : "No manifests were placed yet; see: ha-supervisor manifests place --help.";
  }

  private static String failure(Fallback from) {
    String manifest = Plain.line(from.manifest(), 64) + " of revision " + from.revision();
    return switch (from.reason()) {
          case CRASH_LOOP -> manifest + " ended again and again";
          case NEVER_MADE -> manifest + " never got a container";
          default -> manifest + " did not come up in time";
        }
        + detail(from.detail());
  }

  private static String detail(String foreign) {
    return foreign.isEmpty() ? "" : " (" + Phrases.detail(foreign) + ")";
  }

  /** What a way forward or back waits for; without its full stop. */
  private static String onTheWay(RolloutSituation s) {
    RolloutBecause because = s.state().because();
    String name = s.awaitedName();
    return switch (because) {
      case PREPARING -> "the host's files are prepared";
      case MARKING -> "the store is marked";
      case ASKING_CONSENT -> "it is asked whether that may be placed now";
      case WRITING -> "a file is written";
      case AWAITING_CONTAINER ->
          "waiting" + s.waitedFor() + " for the kubelet to run " + name + s.awaitedDetail();
      case AWAITING_PROBE -> name + " runs; its probe has to pass" + s.awaitedDetail();
      case AWAITING_PEERS ->
          name
              + " runs but does not answer"
              + s.waitedFor()
              + s.awaitedDetail()
              + ": it waits for the other masters' etcd, and the rest waits for it";
      case AWAITING_ETCD ->
          name
              + " does not run well"
              + s.awaitedDetail()
              + " because "
              + s.etcdTrouble()
              + ": placing again would change nothing, so nothing is rolled back and its limit does"
              + " not count";
      case HOLDING_STILL -> name + " runs; it has to run for 10s";
      case OLD_CONTAINER_STAYS ->
          "the earlier container of "
              + name
              + " still runs"
              + s.standingFor()
              + s.awaitedDetail()
              + ": the kubelet has to stop it";
      case STOPPING_OLD_CONTAINER ->
          "the earlier container of " + name + ", left behind by the kubelet, is stopped";
      case RUNTIME_UNKNOWN ->
          "it cannot be seen what runs" + s.awaitedDetail() + ", and its limit does not count";
      case CRASH_LOOP -> name + " ends again and again" + s.awaitedDetail() + noWayBack(s);
      case TIME_LIMIT -> name + " does not come up" + s.awaitedDetail() + noWayBack(s);
      case NEVER_MADE ->
          "the kubelet has made no container of "
              + name
              + s.waitedFor()
              + " (does the image exist? does the kubelet run?)"
              + noWayBack(s);
      default -> elsewhere(s);
    };
  }

  private static String noWayBack(RolloutSituation s) {
    return s.hasWayBack()
        ? "; nothing it depends on differs in revision "
            + s.good().orElseThrow()
            + ", so that going back would not help: it is waited for"
        : "; no earlier revision is known to be good, so that nothing is rolled back:"
            + " it is waited for";
  }

  /** Reasons that any phase may have. */
  private static String elsewhere(RolloutSituation s) {
    return switch (s.state().because()) {
      case PREPARATION_FAILED -> "the host could not be prepared" + s.failed();
      case STORE_FAILED -> "the store could not be marked" + s.failed();
      case CONSENT_REFUSED -> "it must not be placed now" + s.failed();
      case WRITE_FAILED -> "a file could not be written" + s.failed();
      case STOP_FAILED -> "an earlier container could not be stopped" + s.failed();
      case QUARANTINE_FAILED -> "a duplicate could not be moved away" + s.failed();
      case QUARANTINING -> "a duplicate of one of its pods is moved out of the directory";
      case DIRECTORY_UNREADABLE ->
          "the manifest directory cannot be read"
              + s.state()
                  .facts()
                  .directory()
                  .flatMap(seen -> seen.problem())
                  .map(RolloutSentences::detail)
                  .orElse("");
      case FILE_MISSING -> "a file that has gone is put back";
      case FILE_CHANGED ->
          touched(s)
              + " was changed by another hand and is left so; keep it with manifests accept, undo"
              + " it with manifests place";
      case OBSERVE_ONLY -> touched(s) + " is not as it was placed; all is only observed";
      default -> "the manifest directory and the pods are looked at";
    };
  }

  /** The files that are not as they were placed. */
  private static String touched(RolloutSituation s) {
    List<String> files =
        s.state().target().stream()
            .flatMap(target -> target.manifests().stream())
            .filter(manifest -> s.state().facts().standing(manifest) != Standing.SAME)
            .map(Manifest::file)
            .toList();
    return files.isEmpty() ? "a file" : Phrases.list(files);
  }

  private static String settling(RolloutSituation s) {
    return switch (s.state().because()) {
      case SETTLING ->
          "All pods of " + s.revision() + " run well; after 10m of that it is the last known good.";
      case VERIFIED -> "All pods of " + s.revision() + " run well.";
      case POD_UNWELL -> unwell(s);
      case RUNTIME_UNKNOWN -> capital(s.revision()) + " stands, but it cannot be seen what runs.";
      default -> capital(s.revision()) + " stands: " + elsewhere(s) + ".";
    };
  }

  private static String placed(RolloutSituation s) {
    return switch (s.state().because()) {
      case VERIFIED -> "All pods of " + s.revision() + " run well.";
      case POD_UNWELL -> unwell(s);
      case RUNTIME_UNKNOWN -> capital(s.revision()) + " stands, but it cannot be seen what runs.";
      default -> capital(s.revision()) + " stands: " + elsewhere(s) + ".";
    };
  }

  private static String unwell(RolloutSituation s) {
    List<String> sick =
        s.state().target().stream()
            .flatMap(target -> target.manifests().stream())
            .filter(manifest -> s.state().facts().pod(manifest).filter(PodFacts::sick).isPresent())
            .map(Manifest::name)
            .toList();
    return "The files of "
        + s.revision()
        + " stand, but "
        + Phrases.list(sick)
        + (sick.size() == 1 ? " does" : " do")
        + " not run well"
        + (excused(s) ? " because " + s.etcdTrouble() : "")
        + "; the kubelet restarts what ends, and no other files would help.";
  }

  private static boolean excused(RolloutSituation s) {
    return s.state().target().stream()
        .flatMap(target -> target.manifests().stream())
        .filter(manifest -> s.state().facts().pod(manifest).filter(PodFacts::sick).isPresent())
        .allMatch(s.state().facts().etcd()::excuses);
  }

  private static String shortly(RolloutSituation s) {
    return s.state().failures().isEmpty() ? "" : ", though " + elsewhere(s);
  }

  private static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
