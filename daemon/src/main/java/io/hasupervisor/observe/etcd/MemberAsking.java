package io.hasupervisor.observe.etcd;

import io.hasupervisor.observe.etcd.Asking.Open;
import io.hasupervisor.observe.etcd.Roster.Target;
import java.time.Duration;
import java.util.Optional;

/**
 * What is asked of one member in one round (control-plane 3.1.2).
 *
 * @param list its member list
 */
record MemberAsking(
    Target target,
    Open<Header> linearizable,
    Open<Header> serializable,
    Open<StatusSeen> status,
    Open<PeerSeen> peer,
    Open<MemberList> list) {
  static final Duration READ = Duration.ofSeconds(5);
  static final Duration OTHERS = Duration.ofSeconds(2);

  /** A read that has not come by then is a reason to ask further. */
  private static final Duration QUICK = Duration.ofSeconds(1);

  private static final String WELL = "the member serves";

  /**
   * Begins asking.
   *
   * @param member empty where its client URL is not asked
   * @param all whether to ask all that there is, instead of two calls while all is well
   */
  static MemberAsking begin(
      Asking asking, Target target, Optional<Member> member, PeerPort peers, boolean all) {
    if (member.isEmpty()) {
      String why =
          target.unreachableByDesign()
              ? "its client URL is of use on its own host only"
              : "it has no client URL that can be asked";
      return new MemberAsking(
          target,
          Asking.notAsked(why),
          Asking.notAsked(why),
          Asking.notAsked(why),
          peer(asking, target, peers),
          Asking.notAsked(why));
    }
    Member asked = member.get();
    Open<Header> read = asking.ask(() -> asked.read(READ));
    return new MemberAsking(
        target,
        read,
        asking.ask(
            () ->
                !all && Asking.comesWithin(QUICK, read)
                    ? new Answer.NotAsked<>(WELL)
                    : asked.api().readLocal(OTHERS)),
        asking.ask(() -> asked.api().status(OTHERS)),
        all
            ? peer(asking, target, peers)
            : asking.ask(
                () ->
                    Asking.comesWithin(QUICK, read) || target.peer().isEmpty()
                        ? new Answer.NotAsked<>(WELL)
                        : peers.ask(target.peer().get(), OTHERS)),
        all ? asking.ask(() -> asked.api().members(OTHERS)) : Asking.notAsked(WELL));
  }

  private static Open<PeerSeen> peer(Asking asking, Target target, PeerPort peers) {
    return target.peer().isPresent()
        ? asking.ask(() -> peers.ask(target.peer().get(), OTHERS))
        : Asking.notAsked("no peer URL is known that can be asked");
  }

  /** What came of it, waited for; {@code listed} where the member is known by its answer alone. */
  MemberEvidence evidence(Asking asking) throws InterruptedException {
    Answer<Header> read = asking.answer(linearizable);
    Answer<Header> local = asking.answer(serializable);
    return new MemberEvidence(
        target.url(),
        target.own(),
        target.listed(),
        target.unreachableByDesign(),
        read,
        // A member that answers the harder question answers this one.
        read.ok() && !local.ok() ? read : local,
        asking.answer(status),
        asking.answer(peer));
  }
}
