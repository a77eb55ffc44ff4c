package io.hasupervisor.observe.leader;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hasupervisor.act.credential.MadeSet;
import io.hasupervisor.cluster.ApiserverSettings;
import io.hasupervisor.cluster.Cluster.LoadBalancer;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.Profile;
import io.hasupervisor.observe.FakeServer;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where a master asks for its cluster's elections. */
final class LeaderLookTest {
  private static List<String> sources(Profile profile, Optional<LoadBalancer> balancer) {
    return LeaderLook.sources(MadeSet.master(profile, "master-2", balancer)).stream()
        .map(URI::toString)
        .toList();
  }

  @Test
  void afterTheOwnApiserverTheOtherMasters() {
    assertEquals(
        List.of("https://10.0.0.2:6443", "https://10.0.0.1:6443", "https://10.0.0.3:6443"),
        sources(Profile.MODERN, Optional.empty()));
    assertEquals(
        List.of("http://127.0.0.1:8080", "https://10.0.0.1:443", "https://10.0.0.3:443"),
        sources(Profile.SEED, Optional.empty()));
  }

  @Test
  void afterTheOwnApiserverTheLoadBalancerWhereThereIsOne() {
    assertEquals(
        List.of("https://10.0.0.2:6443", "https://lb.example:443"),
        sources(Profile.MODERN, Optional.of(new LoadBalancer("lb.example", 443))));
  }

  @Test
  void bothComponentsAreAskedFor() throws Exception {
    FakeApiserver apiserver = FakeApiserver.old();
    try (FakeServer server = FakeServer.tcp(apiserver)) {
      Master seed = MadeSet.master(Profile.SEED, "master-2", Optional.empty());
      ApiserverSettings usual = seed.apiserver();
      Master asking =
          seed.with(
              new ApiserverSettings(
                  URI.create("http://127.0.0.1:" + server.port()),
                  usual.ca(),
                  usual.certificate(),
                  usual.key(),
                  usual.tokenFile(),
                  usual.kubeconfigs(),
                  usual.period()));
      try (LeaderLook look = LeaderLook.of(asking)) {
        assertEquals(
            List.of("kube-scheduler", "kube-controller-manager"),
            look.look().stream().map(LeaderSeen::component).toList());
        look.look();
      }
      assertEquals(2, apiserver.connections().get());
    }
  }
}
