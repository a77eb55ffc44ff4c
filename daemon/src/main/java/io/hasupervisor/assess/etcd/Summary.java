package io.hasupervisor.assess.etcd;

import io.hasupervisor.assess.etcd.Identity.Regression;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One sentence for whoever is woken at three: what is so, who is to blame, and what is proven since
 * when.
 */
record Summary(EtcdHistory history, ClusterRule rule, ClusterState state) {

  String text() {
    return switch (state) {
      case DATA_REGRESSION -> regression();
      case SPLIT_VIEW ->
          "members disagree for "
              + age(history.accord().since().orElse(rule.at()))
              + " ("
              + Words.list(history.accord().about().stream().map(Summary::about).sorted().toList())
              + "); "
              + proof();
      case CORRUPT ->
          "data is corrupt: "
              + troubles(member -> member.is(MemberState.CORRUPT)).orElse("an alarm says so")
              + "; "
              + proof();
      case PARTITIONED_SELF ->
          "this host is cut off, the cluster works: its member answers and finds no leader, but "
              + elsewhere();
      case QUORUM_LOST -> lost();
      case QUORUM_UNKNOWN -> unknown();
      case READ_ONLY ->
          "writes are refused, and a restart does not help: alarm "
              + Words.list(rule.alarms().texts())
              + "; apart from that it "
              + works();
      case SINGLE ->
          "works, one voter: no redundancy"
              + troubles(Summary::blamed).map(who -> "; " + who).orElse("")
              + proofInBrackets();
      case QUORUM_AT_RISK, QUORUM_DEGRADED, QUORUM_FULL -> works();
    };
  }

  private String works() {
    int spare = rule.canLose(state, rule.tally().serving());
    int available = rule.canLose(state, rule.tally().answering());
    String more = spare == 0 && available > 0 ? " more safely" : " more";
    String why =
        rule.tally().listed()
            ? troubles(Summary::blamed).orElseGet(this::allWell)
            : "no member list is known";
    return "works, can lose " + spare + more + ": " + why + proofInBrackets();
  }

  private String allWell() {
    int voters = rule.tally().voters();
    return switch (voters) {
      case 1 -> "the only voter is healthy";
      case 2 -> "both voters are healthy, and both are needed";
      default -> "all " + voters + " voters are healthy";
    };
  }

  private String lost() {
    int there = (int) voters().filter(Summary::runs).count();
    int missing = Math.max(1, rule.tally().quorum().needed() - there);
    List<String> gone = voters().filter(member -> !runs(member)).map(this::trouble).toList();
    String back =
        gone.isEmpty()
            ? "all voters run, but they find no leader"
            : missing + " of these must return: " + Words.list(gone);
    return "quorum is lost, as seen from this host: "
        + rule.tally().quorum().needed()
        + " of "
        + Words.count(rule.tally().voters(), "voter")
        + " are needed"
        + (here() ? ", this host's member is one of them" : "")
        + "; "
        + back
        + "; "
        + proof();
  }

  private boolean here() {
    return voters().anyMatch(member -> member.subject().own() && runs(member));
  }

  private Stream<Judged> voters() {
    return rule.members().stream().filter(member -> member.subject().voter());
  }

  /** Whether it is there, and only the others are missing to it. */
  private static boolean runs(Judged member) {
    return switch (member.track().state()) {
      case LOCAL_ONLY, DEGRADED, HEALTHY, UNREACHABLE_ATTESTED ->
          member.found().state() == MemberState.LOCAL_ONLY || member.served();
      case UNKNOWN -> member.found().state() == MemberState.LOCAL_ONLY;
      case REMOVED,
          FOREIGN,
          UNAUTHENTICATED,
          UNSTARTED,
          LEARNER,
          CORRUPT,
          HUNG,
          DOWN,
          UNREACHABLE ->
          false;
    };
  }

  private String unknown() {
    if (rule.proof().proven(rule.at())) {
      return "works, but how many may be lost is not known yet: "
          + (rule.tally().listed()
              ? troubles(Summary::blamed).orElseGet(this::allWell)
              : "no member list is known")
          + proofInBrackets();
    }
    return "not known whether quorum exists: "
        + troubles(Summary::blamed).orElse("nobody was asked")
        + "; "
        + proof();
  }

  private String regression() {
    String known =
        history
            .maxima()
            .map(most -> "revision " + most.revision() + " at " + wall(most.at()))
            .orElse("");
    if (history.identity().changed()) {
      return "another cluster answers than the one that this host knows: "
          + rule.identity().cluster().map(Object::toString).orElse("")
          + " in place of "
          + history.maxima().map(most -> most.cluster().toString()).orElse("")
          + " ("
          + known
          + "). Start nothing, delete nothing; "
          + proof();
    }
    Optional<Regression> less = history.identity().regression();
    return "etcd's data is older or emptier than this host saw before: revision "
        + less.map(Regression::revision).orElse(0L)
        + less.map(now -> " at " + wall(now.at())).orElse("")
        + ", after "
        + known
        + ". Start nothing, delete nothing; "
        + proof();
  }

  private String elsewhere() {
    return rule.proof()
        .wellElsewhere(rule.at())
        .map(master -> master + " says that all is well; " + proof())
        .orElseGet(this::proof);
  }

  private static String about(EtcdReason reason) {
    return switch (reason) {
      case LISTS_DIFFER -> "their member lists differ";
      case TWO_LEADERS -> "they name two leaders of one term";
      case TWO_CLUSTERS -> "they belong to two clusters";
      default -> reason.name();
    };
  }

  /** Those that keep it from being full. */
  private static boolean blamed(Judged member) {
    return !member.track().well() || !member.served();
  }

  private Optional<String> troubles(Predicate<Judged> which) {
    List<String> all = rule.members().stream().filter(which).map(this::trouble).toList();
    return all.isEmpty() ? Optional.empty() : Optional.of(Words.list(all));
  }

  /** {@code master-3 is DOWN (refused on 2380 and 4001) for 4 min 10 s}. */
  private String trouble(Judged member) {
    MemberTrack track = member.track();
    if (track.well()) {
      return member.subject().called() + " does not serve just now (" + member.found().why() + ")";
    }
    return member.subject().called()
        + " is "
        + track.state()
        + " ("
        + member.why(rule.at())
        + ") for "
        + age(track.since());
  }

  private String proofInBrackets() {
    return " (" + proof() + ")";
  }

  private String proof() {
    return rule.proof()
        .newest()
        .map(
            newest ->
                (rule.proof().proven(rule.at()) ? "proven through " : "last proven through ")
                    + newest.name()
                    + " "
                    + age(newest.at())
                    + " ago")
        .orElseGet(() -> "nothing proven in the " + age(rule.started()) + " since the start");
  }

  private String age(Duration since) {
    return Words.length(rule.at().minus(since));
  }

  private static String wall(Instant at) {
    return Instant.ofEpochSecond(at.getEpochSecond()).toString();
  }
}
