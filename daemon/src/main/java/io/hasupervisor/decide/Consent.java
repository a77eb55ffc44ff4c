package io.hasupervisor.decide;

/**
 * Asked before anything is done to a living service, and before the start of one whose start may
 * end another; may take time, never decides by itself to act.
 */
@FunctionalInterface
public interface Consent {

  /** Consents to everything: right where the service's death costs nobody else. */
  Consent ALWAYS = (service, purpose, stage) -> new Outcome.Done();

  /** When it is asked. */
  enum Stage {
    /** Would it be allowed? Nothing is taken for it. */
    FIRST,
    /**
     * May it be done now? Whatever has to come before is done, the lock is taken, and the evidence
     * is gathered anew: a yes is to be acted on within two seconds.
     */
    NOW
  }

  /** {@link Outcome.Done} when it may be done, {@link Outcome.Refused} with the reason when not. */
  Outcome ask(String service, Purpose purpose, Stage stage) throws InterruptedException;
}
