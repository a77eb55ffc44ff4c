package io.hasupervisor.assess.etcd;

import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/**
 * The members counted.
 *
 * @param listed whether there is a proven member list; without one nobody knows how many voters
 *     there are
 * @param healthy voters that are called healthy
 * @param available those called healthy or degraded
 * @param voting those that take part in agreement, a full database or not
 * @param serving those that are called healthy and served in the newest round
 * @param answering those called healthy or degraded that served in the newest round
 */
record Tally(
    boolean listed,
    Quorum quorum,
    int learners,
    int healthy,
    int available,
    int voting,
    int serving,
    int answering) {

  static Tally of(Collection<Judged> members, boolean listed) {
    List<Judged> voters = members.stream().filter(member -> member.subject().voter()).toList();
    return new Tally(
        listed,
        new Quorum(voters.size()),
        count(members, member -> member.is(MemberState.LEARNER)),
        count(voters, member -> member.track().well()),
        count(voters, member -> member.track().available()),
        count(voters, member -> member.track().votes()),
        count(voters, member -> member.track().serves()),
        count(voters, member -> member.track().available() && member.served()));
  }

  private static int count(Collection<Judged> members, Predicate<Judged> test) {
    return (int) members.stream().filter(test).count();
  }

  int voters() {
    return quorum.voters();
  }
}
