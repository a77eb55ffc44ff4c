package io.hasupervisor.decide;

/**
 * Asked before anything is done to a living service; may take time, never decides by itself to act.
 */
@FunctionalInterface
public interface Consent {

  /** Consents to everything: right where the service's death costs nobody else. */
  Consent ALWAYS = (service, purpose) -> new Outcome.Done();

  /** {@link Outcome.Done} when it may be done, {@link Outcome.Refused} with the reason when not. */
  Outcome ask(String service, Purpose purpose) throws InterruptedException;
}
