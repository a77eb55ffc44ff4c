package io.hasupervisor.assess.etcd;

import static org.junit.jupiter.api.Assertions.fail;

import io.hasupervisor.assess.etcd.EtcdView.MemberView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The loop of a daemon that looks at masters and judges them, in a time of its own. */
final class Watched {
  static final Duration PERIOD = Duration.ofSeconds(10);

  final Masters masters;
  final List<EtcdView> views = new ArrayList<>();
  EtcdHistory history;

  Watched(Masters masters) {
    this(masters, Optional.empty());
  }

  Watched(Masters masters, Optional<EtcdMaxima> remembered) {
    this.masters = masters;
    history = EtcdHistory.at(masters.now, PERIOD, remembered);
  }

  /** Five quiet minutes: all is known. */
  static Watched settled(Masters masters) {
    Watched watched = new Watched(masters);
    watched.run(Duration.ofMinutes(5));
    return watched;
  }

  EtcdView look() {
    masters.attest();
    EtcdAssessor.Judgement judgement = EtcdAssessor.assess(history, masters.look());
    history = judgement.next();
    views.add(judgement.view());
    return judgement.view();
  }

  /** One round, and the wait for the next one. */
  EtcdView step() {
    Duration begun = masters.now;
    EtcdView view = look();
    Duration took = masters.now.minus(begun);
    Duration wait = history.nextLook(PERIOD).minus(took);
    Duration pause = Duration.ofMillis(500);
    masters.pass(wait.compareTo(pause) > 0 ? wait : pause);
    return view;
  }

  EtcdView run(Duration time) {
    Duration end = masters.now.plus(time);
    EtcdView view = step();
    while (masters.now.compareTo(end) < 0) {
      view = step();
    }
    return view;
  }

  /** How long it takes until this state is named. */
  Duration until(ClusterState state) {
    Duration begun = masters.now;
    for (int i = 0; i < 100; i++) {
      EtcdView view = step();
      if (view.state() == state) {
        return view.at().minus(begun);
      }
    }
    return fail("never " + state + ", but " + view().state() + ": " + view().summary());
  }

  EtcdView view() {
    return views.getLast();
  }

  MemberView member(int number) {
    return view().members().stream()
        .filter(member -> member.id().equals(Optional.of(masters.master(number).id)))
        .findFirst()
        .orElseThrow();
  }

  MemberState state(int number) {
    return member(number).state();
  }
}
