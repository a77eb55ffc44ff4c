package io.hasupervisor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hasupervisor.decide.Event;
import io.hasupervisor.decide.Event.Order;
import io.hasupervisor.decide.Hold;
import io.hasupervisor.decide.ServiceMachine;
import io.hasupervisor.decide.ServiceState;
import io.hasupervisor.decide.disruption.Disruption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When this master gives itself the order for its turn. */
final class RollingDeskTest {
  private static final Duration NOW = Duration.ofHours(1);
  private static final Optional<Disruption> TURN =
      Optional.of(new Disruption(Disruption.Kind.RESTART, "docker", Disruption.Origin.ROLLING));

  private final Services services = new Services();
  private final List<String> ordered = new ArrayList<>();
  private final RollingDesk desk =
      new RollingDesk(services, (service, _) -> ordered.add(service.spec.name()));

  @BeforeEach
  void twoServices() {
    Map<String, Supervised> all = new LinkedHashMap<>();
    for (String name : List.of("docker", "kubelet")) {
      all.put(
          name,
          new Supervised(Plans.service(name), ServiceState.initial(NOW), new FakeAttachment()));
    }
    services.replaceAll(all);
  }

  private void ordered(Order order) {
    Supervised docker = services.find("docker").orElseThrow();
    docker.state =
        ServiceMachine.step(docker.spec.policy(), docker.state, new Event.Ordered(order), NOW)
            .next();
  }

  @Test
  void nothingIsOrderedOutOfTurn() {
    desk.tick(Optional.empty(), NOW);
    assertEquals(List.of(), ordered);
  }

  @Test
  void inItsTurnTheServiceIsRestartedAndOneThatWasRefusedAskedForAgain() {
    desk.tick(TURN, NOW);
    desk.tick(TURN, NOW.plusSeconds(29));
    assertEquals(List.of("docker"), ordered);
    desk.tick(TURN, NOW.plusSeconds(30));
    assertEquals(List.of("docker", "docker"), ordered);
  }

  @Test
  void whatAnOperatorHoldsOrStoppedIsLeftToHim() {
    ordered(new Order.Keep(new Hold(Hold.Kind.OPERATOR, "eva", "disks", Optional.empty())));
    desk.tick(TURN, NOW);
    ordered(new Order.Release("eva"));
    ordered(new Order.Stop(new Hold(Hold.Kind.STOPPED, "eva", "disks", Optional.empty())));
    desk.tick(TURN, NOW);
    assertEquals(List.of(), ordered);
  }

  @Test
  void aServiceThatThisHostDoesNotSuperviseIsNotOrdered() {
    services.replaceAll(Map.of());
    desk.tick(TURN, NOW);
    assertEquals(List.of(), ordered);
  }
}
