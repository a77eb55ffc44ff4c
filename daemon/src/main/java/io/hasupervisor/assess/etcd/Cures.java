package io.hasupervisor.assess.etcd;

import io.hasupervisor.assess.etcd.EtcdView.MemberView;
import java.util.List;
import java.util.stream.Stream;

/** What to do about etcd, with the commands. None of them is ever run by the daemon itself. */
record Cures(EtcdView view) {

  private static final String ACCEPT =
      "only if a restore was made on purpose, on each master: ha-supervisor etcd accept-restore";

  /** A command against the member by which etcd is reached best. */
  String etcdctl(String command) {
    String url =
        view.members().stream()
            .filter(member -> member.proof().isPresent())
            .findFirst()
            .or(view::own)
            .map(MemberView::url)
            .orElse("URL");
    String keys = url.startsWith("https:") ? " --cacert CA --cert CERTIFICATE --key KEY" : "";
    return "ETCDCTL_API=3 etcdctl --endpoints " + url + keys + " " + command;
  }

  /** The order matters, and the alarm goes last. */
  String noSpace() {
    return "In this order, and never by a restart: 1. compact: "
        + etcdctl("compact REVISION")
        + " (it is at "
        + view.revision()
        + " now); 2. give the space back, one member after the other, the leader"
        + " last: "
        + etcdctl("defrag")
        + " and so for each endpoint; 3. "
        + etcdctl("alarm disarm")
        + ". Then find out what fills it, or raise --quota-backend-bytes.";
  }

  String corrupt() {
    return "Restart nothing and write nothing: take a copy of each member's data directory, compare"
        + " the hashes ("
        + etcdctl("endpoint hashkv --cluster")
        + "), then replace the member that differs from the others (member remove, empty data"
        + " directory, member add); where no majority agrees: ha-supervisor backup restore-plan.";
  }

  String olderData() {
    return "Start nothing, delete nothing: a member that is down now may hold the only copy of the"
        + " newer data. Keep a copy of every member's data directory, and find out who was started"
        + " with an empty one. ha-supervisor backup restore-plan says how to return to the newest"
        + " backup; "
        + ACCEPT
        + ".";
  }

  String otherCluster() {
    return "Start nothing, delete nothing: the data that this host knew may be on a member that is"
        + " down now. If this cluster is the wrong one, correct etcd.local and etcd.endpoints;"
        + " a restored one has a new id: "
        + ACCEPT
        + ".";
  }

  String disagreement() {
    return "Restart nothing, add and remove no member: ask each member for its list ("
        + etcdctl("member list -w table")
        + " and so for each endpoint) and its cluster ("
        + etcdctl("endpoint status --cluster -w table")
        + "), and stop the one that does not belong.";
  }

  String cutOff() {
    return "Do not restart etcd or docker here, that mends no network: check this host's links, its"
        + " firewall and its peer certificates (port 2380 in both directions).";
  }

  String lost() {
    List<String> away =
        unwell().filter(member -> member.state() != MemberState.LOCAL_ONLY).map(Cures::at).toList();
    String whom =
        away.isEmpty()
            ? "Mend the network between the masters (peer ports)."
            : "Bring back enough of " + Words.list(away) + ".";
    return whom
        + " Never restart docker or etcd on a master whose member still runs, as it is needed for"
        + " the quorum that is to come back. If the data of a majority is gone for good:"
        + " ha-supervisor backup restore-plan.";
  }

  String unknown() {
    return "Find out why the members do not answer this host: ha-supervisor etcd status, then the"
        + " network and the certificates; restart neither docker nor etcd for it.";
  }

  String single() {
    return "Keep backups on another host, and add two masters where it must survive one.";
  }

  String bringBack() {
    List<String> away = unwell().map(Cures::help).toList();
    if (!away.isEmpty()) {
      return Words.sentence(Words.list(away)) + ". Disturb no other master until then.";
    }
    return view.learners() > 0
        ? "Promote the learner, or take it out: " + etcdctl("member promote ID") + "."
        : "Disturb no master: no voter can be spared.";
  }

  private static String help(MemberView member) {
    String name = member.called();
    return switch (member.state()) {
      case DOWN, HUNG ->
          "bring "
              + name
              + " back (there: docker ps -a --filter name=etcd, and the log of its etcd)";
      case UNREACHABLE -> "find out whether " + name + " runs, and what its network does";
      case LOCAL_ONLY -> "mend the links of " + name + " to the other masters (peer ports)";
      case UNSTARTED -> "start " + name + " or take it out of the cluster";
      case UNAUTHENTICATED -> "let this host ask " + name + " (certificates)";
      case FOREIGN -> "correct the address of " + name;
      case REMOVED -> "see why " + name + " was removed";
      case CORRUPT -> "replace " + name + ", whose data is corrupt";
      case DEGRADED -> "mend " + name + " (" + member.why() + ")";
      case UNKNOWN, LEARNER, HEALTHY, UNREACHABLE_ATTESTED -> "wait for " + name;
    };
  }

  private static String at(MemberView member) {
    return member.called() + " (" + member.state() + ", " + member.why() + ")";
  }

  private Stream<MemberView> unwell() {
    return view.members().stream()
        .filter(member -> !member.learner())
        .filter(
            member ->
                member.state() != MemberState.HEALTHY
                    && member.state() != MemberState.UNREACHABLE_ATTESTED);
  }
}
