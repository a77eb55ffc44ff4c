package io.hasupervisor.loop;

import io.hasupervisor.decide.Event;
import io.hasupervisor.decide.ServiceState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes a new plan over: services that did not change are not touched. Runs in the loop's thread
 * only.
 */
final class Roster {
  private final Services services;
  private final Wiring wiring;
  private final Stepper stepper;

  Roster(Services services, Wiring wiring, Stepper stepper) {
    this.services = services;
    this.wiring = wiring;
    this.stepper = stepper;
  }

  /**
   * Supervises {@code plan} from now on.
   *
   * @param remembered states from before this daemon's start, by service
   * @return one line per difference; empty when nothing changed
   */
  List<String> adopt(Plan plan, Map<String, ServiceState> remembered, Duration now) {
    List<String> changes = new ArrayList<>();
    Map<String, Supervised> next = new LinkedHashMap<>();
    List<Supervised> fresh = new ArrayList<>();
    for (ServiceSpec spec : plan.services()) {
      Optional<Supervised> known = services.find(spec.name());
      if (known.filter(same -> same.spec.equals(spec)).isPresent()) {
        next.put(spec.name(), known.get());
        continue;
      }
      Supervised replacement = replace(known, spec, remembered, now);
      changes.add(spec.name() + (known.isEmpty() ? ": supervised from now on" : ": changed"));
      next.put(spec.name(), replacement);
      fresh.add(replacement);
    }
    for (Supervised gone : services.all()) {
      if (!next.containsKey(gone.spec.name())) {
        gone.attachment.close();
        changes.add(gone.spec.name() + ": no longer supervised; it is left as it is");
      }
    }
    if (services.observeOnly() != plan.settings().observeOnly()) {
      changes.add(
          plan.settings().observeOnly() ? "observe only: acts on orders alone" : "acts again");
    }
    services.observeOnly(plan.settings().observeOnly());
    services.replaceAll(next);
    next.values().forEach(service -> stepper.tell(service, now));
    fresh.forEach(service -> service.attachment.start());
    return changes;
  }

  /**
   * The same unit keeps its counters and holds under a new policy; another unit keeps only its
   * hold.
   */
  private Supervised replace(
      Optional<Supervised> known,
      ServiceSpec spec,
      Map<String, ServiceState> remembered,
      Duration now) {
    ServiceState fresh = remembered.getOrDefault(spec.name(), ServiceState.initial(now));
    ServiceState state =
        known
            .map(k -> k.spec.unit().equals(spec.unit()) ? k.state : fresh.heldAs(k.state))
            .orElse(fresh);
    known.ifPresent(k -> k.attachment.close());
    Supervised service = new Supervised(spec, state, wiring.attach(spec));
    if (known.isPresent() && state.inFlight().isEmpty()) {
      stepper.apply(service, new Event.CauseChanged("configuration"), now);
    }
    return service;
  }
}
