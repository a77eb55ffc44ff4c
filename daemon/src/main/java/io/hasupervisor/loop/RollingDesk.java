package io.hasupervisor.loop;

import io.hasupervisor.decide.Hold;
import io.hasupervisor.decide.Phase;
import io.hasupervisor.decide.disruption.Disruption;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Gives this master the order for its part in what all masters do in turns. In the loop's thread
 * only.
 */
final class RollingDesk {
  /** One that was refused is asked for again after this. */
  private static final Duration AGAIN = Duration.ofSeconds(30);

  private final Services services;
  private final BiConsumer<Supervised, Duration> restart;
  private Duration next = Duration.ZERO;

  /**
   * @param restart gives a service the order to restart, at that time
   */
  RollingDesk(Services services, BiConsumer<Supervised, Duration> restart) {
    this.services = services;
    this.restart = restart;
  }

  /** Orders it where it is this master's turn, and nothing is being done to the service. */
  void tick(Optional<Disruption> turn, Duration now) {
    if (turn.isEmpty() || now.compareTo(next) < 0) {
      return;
    }
    services
        .find(turn.get().subject())
        .filter(RollingDesk::free)
        .ifPresent(
            service -> {
              next = now.plus(AGAIN);
              restart.accept(service, now);
            });
  }

  /** What an operator holds, or stopped, is left to him: the others wait meanwhile. */
  private static boolean free(Supervised service) {
    boolean held =
        service.state.facts().hold().filter(hold -> hold.kind() != Hold.Kind.GUARD).isPresent();
    return !held
        && service.state.inFlight().isEmpty()
        && !(service.state.phase() instanceof Phase.Killing);
  }
}
