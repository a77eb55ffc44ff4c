package io.hasupervisor.command;

import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.assess.etcd.EtcdAssessor;
import io.hasupervisor.assess.etcd.EtcdAssessor.Judgement;
import io.hasupervisor.assess.etcd.EtcdHistory;
import io.hasupervisor.assess.etcd.EtcdMaxima;
import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.assess.etcd.MemberState;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;

/**
 * Judges etcd as the daemon does, where no daemon does: round after round, until nothing moves.
 *
 * @param progress told how long it takes; where a terminal is watched
 */
record EtcdJudging(EtcdScene scene, EtcdSight sight, PrintWriter progress) {
  /** Longer than the 15 s after which lost quorum is called that. */
  static final Duration LONGEST = Duration.ofSeconds(20);

  /**
   * A daemon calls nothing lost in its first 30 s, for it may have come up together with etcd.
   * Nothing is done on a command's word, so that 15 s are enough.
   */
  private static final Duration AHEAD = Duration.ofSeconds(15);

  /** So long a state that may still change must have held. */
  private static final Duration HELD = Duration.ofSeconds(5);

  /** What is thought in the end. */
  EtcdView judge(Optional<EtcdMaxima> remembered) throws InterruptedException {
    Duration started = scene.clock().now();
    EtcdHistory history = EtcdHistory.at(started.minus(AHEAD), remembered);
    Duration passed = Duration.ZERO;
    try {
      while (true) {
        show(
            "\retcd is asked: %d s of at most %d"
                .formatted(passed.toSeconds(), LONGEST.toSeconds()));
        Judgement judgement = EtcdAssessor.assess(history, sight.look());
        history = judgement.next();
        EtcdView view = judgement.view();
        passed = scene.clock().now().minus(started);
        if (settled(view)
            || passed.compareTo(LONGEST) >= 0
            || !scene.terminal().nextSecond().getAsBoolean()) {
          return view;
        }
      }
    } finally {
      show("\r\033[K");
    }
  }

  private static boolean settled(EtcdView view) {
    boolean known =
        view.state() != ClusterState.QUORUM_UNKNOWN
            && view.members().stream().noneMatch(it -> it.state() == MemberState.UNKNOWN);
    return switch (view.state()) {
      case QUORUM_FULL, SINGLE, QUORUM_LOST -> known;
      case DATA_REGRESSION,
          SPLIT_VIEW,
          CORRUPT,
          PARTITIONED_SELF,
          QUORUM_UNKNOWN,
          READ_ONLY,
          QUORUM_AT_RISK,
          QUORUM_DEGRADED ->
          known && view.at().minus(view.since()).compareTo(HELD) >= 0;
    };
  }

  private void show(String text) {
    if (scene.terminal().interactive()) {
      progress.print(text);
      progress.flush();
    }
  }
}
