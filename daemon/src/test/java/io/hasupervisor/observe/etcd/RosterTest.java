package io.hasupervisor.observe.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.cluster.EtcdLimits;
import io.hasupervisor.cluster.EtcdSettings;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.observe.etcd.Roster.Target;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RosterTest {
  private static final String LOCAL = "http://127.0.0.1:4001";

  private static Roster roster(Optional<String> local, String... endpoints) {
    EtcdSettings settings =
        new EtcdSettings(
            local,
            List.of(endpoints),
            Optional.empty(),
            EtcdSettings.Attest.ALWAYS,
            Duration.ofSeconds(10),
            EtcdLimits.DEFAULT);
    return new Roster(settings, new Master.Node("master-1", "10.0.0.1"), false);
  }

  private static MemberSeen member(long id, String name, String peer, String... clients) {
    return new MemberSeen(new EtcdId(id), name, List.of(peer), List.of(clients), false);
  }

  private static Optional<MemberList> list(MemberSeen... members) {
    return Optional.of(new MemberList(new EtcdId(1), new EtcdId(9), false, List.of(members)));
  }

  private static List<String> urls(List<Target> targets) {
    return targets.stream().map(Target::url).toList();
  }

  @Test
  void beforeThereIsAListTheConfiguredEndpointsAreAskedTheOwnOneFirst() {
    List<Target> targets =
        roster(Optional.of(LOCAL), "http://10.0.0.2:4001", LOCAL)
            .targets(Optional.empty(), Optional.empty());
    assertEquals(List.of(LOCAL, "http://10.0.0.2:4001"), urls(targets));
    assertTrue(targets.getFirst().own());
  }

  @Test
  void theListReplacesTheConfiguredEndpoints() {
    List<Target> targets =
        roster(Optional.of(LOCAL), "http://10.0.0.9:4001")
            .targets(
                list(
                    member(2, "b", "http://10.0.0.2:2380", "http://10.0.0.2:4001"),
                    member(1, "a", "http://10.0.0.1:2380", "http://10.0.0.1:4001")),
                Optional.of(new EtcdId(1)));
    assertEquals(List.of(LOCAL, "http://10.0.0.2:4001"), urls(targets));
    assertEquals(new EtcdId(1), targets.getFirst().listed().orElseThrow().id());
    assertEquals("10.0.0.1", targets.getFirst().peer().orElseThrow().host());
  }

  /** Asked, it would be this host's own member, and prove another one's health for ever. */
  @Test
  void aLoopbackUrlOfAnotherMemberIsNotAskedButItsPeerUrlIs() {
    for (String url :
        List.of(
            "http://127.0.0.1:4001",
            "http://127.8.9.1:4001",
            "http://0.0.0.0:4001",
            "http://localhost:4001",
            "http://[::1]:4001",
            "http://[::]:4001")) {
      Target other =
          roster(Optional.of(LOCAL))
              .targets(
                  list(
                      member(1, "a", "http://10.0.0.1:2380", url),
                      member(2, "b", "http://10.0.0.2:2380", url)),
                  Optional.of(new EtcdId(1)))
              .get(1);
      assertTrue(other.unreachableByDesign(), url);
      assertTrue(other.client().isEmpty(), url);
      assertEquals("10.0.0.2", other.peer().orElseThrow().host(), url);
    }
  }

  @Test
  void ofSeveralUrlsTheFirstOneOfUseIsAsked() {
    Target other =
        roster(Optional.of(LOCAL))
            .targets(
                list(
                    member(
                        2,
                        "b",
                        "http://10.0.0.2:2380",
                        "unix://localhost:77",
                        LOCAL,
                        "http://[fd00::2]:4001")),
                Optional.of(new EtcdId(1)))
            .get(1);
    assertEquals("http://[fd00::2]:4001", other.url());
  }

  @Test
  void aMemberThatHasNeverRunHasNothingToAskButItsPeerUrl() {
    Target other =
        roster(Optional.of(LOCAL))
            .targets(list(member(2, "", "http://10.0.0.2:2380")), Optional.of(new EtcdId(1)))
            .get(1);
    assertEquals("", other.url());
    assertEquals(Optional.empty(), other.client());
    assertTrue(!other.unreachableByDesign() && other.peer().isPresent());
  }

  @Test
  void beforeTheOwnMemberHasAnsweredItIsKnownByItsNameOrItsAddress() {
    MemberSeen named = member(1, "master-1", "http://10.9.9.9:2380", "http://10.9.9.9:4001");
    MemberSeen addressed = member(1, "odd", "http://10.0.0.1:2380", "http://10.0.0.1:4001");
    for (MemberSeen own : List.of(named, addressed)) {
      List<Target> targets =
          roster(Optional.of(LOCAL))
              .targets(
                  list(member(2, "b", "http://10.0.0.2:2380", "http://10.0.0.2:4001"), own),
                  Optional.empty());
      assertEquals(Optional.of(own), targets.getFirst().listed());
      assertEquals(2, targets.size());
    }
  }

  @Test
  void anOwnMemberThatIsNoLongerListedIsStillAskedAndAllListedOnesAreOthers() {
    List<Target> targets =
        roster(Optional.of(LOCAL))
            .targets(
                list(
                    member(2, "master-1", "http://10.0.0.1:2380", "http://10.0.0.1:4001"),
                    member(3, "c", "http://10.0.0.3:2380", "http://10.0.0.3:4001")),
                Optional.of(new EtcdId(1)));
    assertEquals(List.of(LOCAL, "http://10.0.0.1:4001", "http://10.0.0.3:4001"), urls(targets));
    assertEquals(Optional.empty(), targets.getFirst().listed());
  }

  @Test
  void whereEtcdIsRunElsewhereOnlyTheEndpointsAreAsked() {
    List<Target> targets =
        roster(Optional.empty(), "https://10.1.0.1:2379", "https://10.1.0.2:2379")
            .targets(
                list(member(2, "b", "http://10.0.0.2:2380", "http://10.0.0.2:4001")),
                Optional.empty());
    assertEquals(List.of("https://10.1.0.1:2379", "https://10.1.0.2:2379"), urls(targets));
    assertTrue(targets.stream().noneMatch(Target::own));
  }

  @Test
  void urlsThatAreNoneAreNoEndpoints() {
    for (String url :
        List.of(
            "",
            "10.0.0.1:2379",
            "http://10.0.0.1",
            "http://10.0.0.1:0",
            "http://10.0.0.1:65536",
            "http://10.0.0.1:2379/path",
            "http://10.0.0.1:2379?q",
            "http://u:p@10.0.0.1:2379",
            "http://a b:1",
            "http://" + "a".repeat(300) + ":1",
            "unix:///run/etcd.sock")) {
      assertEquals(Optional.empty(), Endpoint.parse(url), url);
    }
  }
}
