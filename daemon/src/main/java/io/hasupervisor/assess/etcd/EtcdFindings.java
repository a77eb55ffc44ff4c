package io.hasupervisor.assess.etcd;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What an operator is to do about etcd's state. */
public final class EtcdFindings {
  private static final String SUBJECT = "etcd";

  private final EtcdView view;
  private final Cures cures;

  private EtcdFindings(EtcdView view) {
    this.view = view;
    cures = new Cures(view);
  }

  /** A finding for a state that is not full, and for each reason and alarm; area {@code etcd}. */
  public static List<Finding> of(EtcdView view) {
    return new EtcdFindings(view).all();
  }

  private List<Finding> all() {
    List<Finding> all = new ArrayList<>();
    ofState().ifPresent(all::add);
    EtcdReason.of(view.reasons()).map(this::ofReason).flatMap(Optional::stream).forEach(all::add);
    ofAlarms().forEach(all::add);
    return List.copyOf(all);
  }

  private Optional<Finding> ofState() {
    ClusterState state = view.state();
    return switch (state) {
      case DATA_REGRESSION ->
          is(EtcdReason.CLUSTER_CHANGED)
              ? found(EtcdReason.CLUSTER_CHANGED.name(), Severity.CRITICAL, cures.otherCluster())
              : found(state.name(), Severity.CRITICAL, cures.olderData());
      case SPLIT_VIEW -> found(state.name(), Severity.CRITICAL, cures.disagreement());
      case CORRUPT -> found(state.name(), Severity.CRITICAL, cures.corrupt());
      case PARTITIONED_SELF -> found(state.name(), Severity.CRITICAL, cures.cutOff());
      case QUORUM_LOST -> found(state.name(), Severity.CRITICAL, cures.lost());
      case QUORUM_UNKNOWN ->
          is(EtcdReason.STARTING)
              ? found(
                  state.name(), Severity.ADVICE, "Wait 30 seconds: the daemon has just started.")
              : found(state.name(), Severity.WARNING, cures.unknown());
      case READ_ONLY -> found(state.name(), Severity.CRITICAL, cures.noSpace());
      case SINGLE -> found(state.name(), Severity.ADVICE, cures.single());
      case QUORUM_AT_RISK, QUORUM_DEGRADED ->
          found(state.name(), Severity.WARNING, cures.bringBack());
      case QUORUM_FULL -> Optional.empty();
    };
  }

  private Optional<Finding> found(String code, Severity severity, String cure) {
    return Optional.of(Finding.of(code, severity, SUBJECT, "etcd: " + view.summary() + ".", cure));
  }

  private Optional<Finding> ofReason(EtcdReason reason) {
    return switch (reason) {
      // Told by the state.
      case STARTING, CLUSTER_CHANGED, TWO_CLUSTERS, LISTS_DIFFER, TWO_LEADERS -> Optional.empty();
      case NO_ROUND ->
          told(
              reason,
              Severity.WARNING,
              "No round of questions to etcd has ended for too long, so nothing is known of it.",
              "See journalctl -u ha-supervisor, and whether this host has memory and processor time"
                  + " left.");
      case LATE_ROUND ->
          told(
              reason,
              Severity.ADVICE,
              "The last look at etcd came late or took too long: this host was stopped or is"
                  + " starved, so silence in it is not held against any member.",
              "Where this comes again, see the load of this host: uptime, vmstat 5.");
      case NO_MEMBER_LIST ->
          told(
              reason,
              Severity.WARNING,
              "Quorum is proven, but no member gives a member list, so nobody knows how many voters"
                  + " there are.",
              "Ask for it by hand: " + cures.etcdctl("member list") + ".");
      case FOREIGN_CLUSTER ->
          of(
              reason,
              Severity.CRITICAL,
              MemberState.FOREIGN,
              "belongs to another cluster than this host's",
              "Delete nothing: compare the cluster ids with "
                  + cures.etcdctl("endpoint status --cluster -w table")
                  + "; then correct its address in etcd.endpoints, or its etcd manifest"
                  + " (--initial-cluster, --initial-cluster-token).");
      case OWN_REMOVED ->
          of(
              reason,
              Severity.CRITICAL,
              MemberState.REMOVED,
              "is not in the cluster any more, so its data is of no use to it",
              "If it is to come back: keep a copy of its data directory, add it with "
                  + cures.etcdctl("member add NAME --peer-urls=URL")
                  + ", and start it with an empty data directory and"
                  + " --initial-cluster-state=existing.");
      case PEER_LINK ->
          told(
              reason,
              Severity.CRITICAL,
              "The other members answer on their peer ports, and yet this host's member finds no"
                  + " leader: its links to them do not work in both directions.",
              "Check the peer certificates, a firewall that lets one direction through only, and"
                  + " the clocks; restart nothing for it.");
      case UNAUTHENTICATED ->
          of(
              reason,
              Severity.WARNING,
              MemberState.UNAUTHENTICATED,
              "cannot be asked, which says nothing about its health",
              "Check etcd.tls in the configuration and the certificates: ha-supervisor credentials"
                  + " check.");
      case NOT_ETCD ->
          of(
              reason,
              Severity.WARNING,
              MemberState.UNKNOWN,
              "is not what answers at its address",
              "Check what listens there, and the URLs in etcd.local, etcd.endpoints and"
                  + " --advertise-client-urls.");
      case NOT_ATTESTED ->
          of(
              reason,
              Severity.WARNING,
              MemberState.UNREACHABLE,
              "is not attested by its own daemon",
              "On that master: systemctl status ha-supervisor, ha-supervisor status.");
      case LEARNER ->
          of(
              reason,
              Severity.WARNING,
              MemberState.LEARNER,
              "does not vote yet",
              "Once it has caught up: " + cures.etcdctl("member promote ID") + ".");
      case UNSTARTED ->
          of(
              reason,
              Severity.WARNING,
              MemberState.UNSTARTED,
              "was added and never ran; it counts as a voter that is down",
              "Start it, or take it out: " + cures.etcdctl("member remove ID") + ".");
      case TWO_VOTERS ->
          told(
              reason,
              Severity.ADVICE,
              "Two voters are both needed: the cluster survives the loss of neither.",
              "Add a third master.");
      case EVEN_VOTERS ->
          told(
              reason,
              Severity.ADVICE,
              view.voters()
                  + " voters survive the loss of no more than "
                  + (view.voters() - 1)
                  + " do.",
              "Add a master, or take one out, so that their number is odd.");
      case VERSION_SKEW ->
          of(
              reason,
              Severity.WARNING,
              MemberState.DEGRADED,
              "runs a version that is more than one minor away from the others'",
              "Upgrade one minor version at a time, member by member.");
      case LAG ->
          of(
              reason,
              Severity.WARNING,
              MemberState.DEGRADED,
              "is behind the others, and no help should they stop",
              "Look at its disk and its network: ha-supervisor etcd status on that master.");
      case SLOW ->
          of(
              reason,
              Severity.WARNING,
              MemberState.DEGRADED,
              "answers slowly, as reads through consensus wait for its disk and network",
              "Look at its disk and its network: ha-supervisor etcd status on that master.");
    };
  }

  private static Optional<Finding> told(
      EtcdReason reason, Severity severity, String text, String cure) {
    return Optional.of(Finding.of(reason.name(), severity, SUBJECT, text, cure));
  }

  /** About the members in that state. */
  private Optional<Finding> of(
      EtcdReason reason, Severity severity, MemberState state, String text, String cure) {
    List<String> who =
        view.members().stream()
            .filter(member -> member.state() == state)
            .map(member -> member.called() + " (" + member.why() + ")")
            .toList();
    return told(reason, severity, "Member " + Words.list(who) + " " + text + ".", cure);
  }

  private boolean is(EtcdReason reason) {
    return view.reasons().contains(reason.name());
  }

  /** Those that the state does not tell already. */
  private Stream<Finding> ofAlarms() {
    return view.alarms().stream()
        .map(alarm -> alarm.split(" ", 2)[0])
        .distinct()
        .flatMap(kind -> ofAlarm(kind).stream());
  }

  private Optional<Finding> ofAlarm(String kind) {
    String text = "etcd raised " + Words.list(alarms(kind)) + ".";
    return switch (kind) {
      case "NOSPACE" ->
          view.state() == ClusterState.READ_ONLY
              ? Optional.empty()
              : Optional.of(
                  Finding.of("NOSPACE", Severity.CRITICAL, SUBJECT, text, cures.noSpace()));
      case "CORRUPT" ->
          view.state() == ClusterState.CORRUPT
              ? Optional.empty()
              : Optional.of(
                  Finding.of("CORRUPT", Severity.CRITICAL, SUBJECT, text, cures.corrupt()));
      default ->
          Optional.of(
              Finding.of(
                  "ALARM",
                  Severity.WARNING,
                  SUBJECT,
                  text,
                  "See " + cures.etcdctl("alarm list") + "."));
    };
  }

  private List<String> alarms(String kind) {
    return view.alarms().stream()
        .filter(alarm -> alarm.equals(kind) || alarm.startsWith(kind + " "))
        .map(alarm -> "alarm " + alarm)
        .toList();
  }
}
