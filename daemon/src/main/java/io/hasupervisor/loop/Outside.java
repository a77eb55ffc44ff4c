package io.hasupervisor.loop;

import io.hasupervisor.act.Actuator;
import io.hasupervisor.act.Evidence;
import io.hasupervisor.decide.Consent;
import io.hasupervisor.host.Clock;
import io.hasupervisor.observe.RunSource;
import java.util.function.Function;

/**
 * What the loop needs of the world.
 *
 * @param bootId tells this boot from every other
 * @param links makes the eyes and hands of one service
 */
public record Outside(
    Clock clock,
    String bootId,
    Function<ServiceSpec, Link> links,
    Consent consent,
    Evidence evidence) {

  /** Eyes and hands of one unit. */
  public record Link(RunSource runs, Actuator actuator) {}
}
