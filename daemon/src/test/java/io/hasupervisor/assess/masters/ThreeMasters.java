package io.hasupervisor.assess.masters;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.assess.etcd.EtcdViews;
import io.hasupervisor.assess.etcd.Heard;
import io.hasupervisor.assess.etcd.MemberState;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.SeedMaster;
import io.hasupervisor.observe.etcd.Attestation;
import io.hasupervisor.observe.etcd.EtcdId;
import io.hasupervisor.observe.etcd.HostReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The masters m1 (this host), m2 and m3, looked at second by second from {@link #START} on. */
public final class ThreeMasters {
  static final Duration START = Duration.ofSeconds(1000);
  static final EtcdId CLUSTER = new EtcdId(0x8211);
  private static final Instant BOOT = Instant.parse("2026-11-24T20:00:00Z");

  final Map<String, HostReport> reports = new LinkedHashMap<>();
  final List<Heard> attested = new ArrayList<>();
  final List<Attestation> stored = new ArrayList<>();
  ClusterState state = ClusterState.QUORUM_FULL;
  Duration now = START;
  private MastersHistory history = MastersHistory.NONE;
  private Optional<MastersView> last = Optional.empty();

  public ThreeMasters() {
    for (String name : List.of("m1", "m2", "m3")) {
      reports.put(name, report("0.2.0", 7, secrets("1", "2")));
    }
  }

  static Map<String, String> secrets(String key, String tokens) {
    return Map.of("server.key", key.repeat(16), "known_tokens.csv", tokens.repeat(16));
  }

  static HostReport report(String version, int revision, Map<String, String> secrets) {
    return new HostReport(
        version, "HEALTHY", Optional.of(revision), Optional.of(revision), "", secrets);
  }

  Attestation attestation(int number, String node, EtcdId cluster, HostReport host) {
    return new Attestation(
        new EtcdId(-number),
        cluster,
        node,
        "machine",
        "boot",
        7,
        812_233,
        1,
        "3.4.23",
        Duration.ofMillis(2),
        List.of(),
        true,
        "HEALTHY",
        "HEALTHY",
        "none",
        host,
        BOOT);
  }

  HostReport reported(String name) {
    return Objects.requireNonNull(reports.get(name));
  }

  /** The daemon of a master has just been heard. */
  ThreeMasters hears(int number) {
    hears(number, Optional.of(now));
    return this;
  }

  void hears(int number, Optional<Duration> written) {
    String name = "m" + number;
    attested.removeIf(it -> it.newest().node().equals(name));
    attested.add(new Heard(attestation(number, name, CLUSTER, reported(name)), now, written));
  }

  public static Master master() {
    Map<String, String> masters = new LinkedHashMap<>();
    List.of(1, 2, 3).forEach(n -> masters.put("m" + n, "10.0.0." + n));
    return SeedMaster.m1("prod", masters);
  }

  EtcdView etcd() {
    EtcdView it =
        EtcdViews.of(state, MemberState.HEALTHY, MemberState.HEALTHY, MemberState.HEALTHY);
    return new EtcdView(
        it.state(),
        it.underlying(),
        it.since(),
        now,
        it.external(),
        it.proven(),
        it.proof(),
        it.proofVia(),
        it.voters(),
        it.learners(),
        it.quorum(),
        it.healthy(),
        it.available(),
        it.canLose(),
        it.canLoseAvailable(),
        it.tolerance(),
        it.cluster(),
        it.leader(),
        it.term(),
        it.revision(),
        it.remembered(),
        it.alarms(),
        it.reasons(),
        it.unstable(),
        it.othersUnstable(),
        it.membersChanged(),
        it.members(),
        attested,
        it.summary());
  }

  /** What is thought now. */
  MastersView look() {
    Word own = new Word(true, "3.4.23", "HEALTHY", "HEALTHY", "none", "boot", reported("m1"), BOOT);
    MastersAssessor.Judgement it =
        MastersAssessor.assess(
            history,
            new MastersScene(now, master(), own, Optional.of(etcd()), Optional.empty(), stored));
    history = it.next();
    last = Optional.of(it.view());
    return it.view();
  }

  /** What is thought after so many seconds in which m2 and m3 spoke as they should. */
  MastersView looks(int seconds, int... speaking) {
    for (int n = 0; n < seconds; n++) {
      if (n % 30 == 0) {
        for (int number : speaking) {
          hears(number);
        }
      }
      MastersView _ = look();
      now = now.plusSeconds(1);
    }
    return last.orElseThrow();
  }

  /** As after a minute and a half in which all is well. */
  public MastersView well() {
    return looks(91, 2, 3);
  }

  List<String> codes() {
    return MastersFindings.of(last.orElseThrow()).stream().map(Finding::code).toList();
  }

  static MasterView of(MastersView view, String name) {
    return view.masters().stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
  }
}
