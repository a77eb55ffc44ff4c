package io.hasupervisor.assess.preflight;

import static io.hasupervisor.assess.preflight.Check.Result.FAILED;
import static io.hasupervisor.assess.preflight.Check.Result.WARNING;

import io.hasupervisor.cluster.Addresses;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.observe.preflight.Holder;
import io.hasupervisor.observe.preflight.Listener;
import io.hasupervisor.observe.preflight.Listener.Scope;
import io.hasupervisor.yaml.Quote;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a master's ports are free, or held by those whom they are for.
 *
 * @param own names of the pods of this master's manifests, by the manifests' names
 * @param containers names of pods by their containers' ids; empty where docker did not tell
 * @param kubeletUnit the kubelet's service as configured
 */
public record PortRule(
    Master master,
    Map<String, String> own,
    Optional<Map<String, String>> containers,
    String kubeletUnit,
    boolean daemonRuns) {
  private static final String OWN_UNIT = "ha-supervisor.service";

  /** The kernel keeps so many bytes of a program's name. */
  private static final int NAME = 15;

  /** The one program that was all components, in the seed's days. */
  private static final String ALL_IN_ONE = "hyperkube";

  /** One line for each port that is taken or held by others, and one for all the rest. */
  public List<Check> checks(List<Port> ports, List<Listener> listeners) {
    List<Check> checks = new ArrayList<>();
    List<String> free = new ArrayList<>();
    List<String> ours = new ArrayList<>();
    for (Port port : ports) {
      List<Listener> there =
          listeners.stream().filter(listener -> listener.port() == port.number()).toList();
      Optional<Listener> foreign =
          there.stream().filter(listener -> !ours(port, listener)).findFirst();
      if (foreign.isPresent()) {
        checks.add(taken(port, foreign.get()));
      } else {
        (there.isEmpty() ? free : ours).add(String.valueOf(port.number()));
      }
    }
    if (!free.isEmpty() || !ours.isEmpty()) {
      checks.add(Check.ok(Area.PORTS, "", said("free", free) + said(free, ours)));
    }
    return checks;
  }

  private static String said(String what, List<String> ports) {
    return ports.isEmpty() ? "" : what + ": " + String.join(", ", ports);
  }

  private static String said(List<String> before, List<String> ports) {
    return (before.isEmpty() || ports.isEmpty() ? "" : "; ") + said("ours already", ports);
  }

  private boolean ours(Port port, Listener listener) {
    return listener.holder().filter(holder -> ours(port, holder)).isPresent();
  }

  private boolean ours(Port port, Holder holder) {
    return switch (port.owner()) {
      case POD -> pod(port, holder);
      case KUBELET ->
          holder.unit().filter(kubeletUnit::equals).isPresent()
              || holder.name().equals("kubelet")
              || holder.name().equals(ALL_IN_ONE);
      case DAEMON ->
          holder.unit().filter(OWN_UNIT::equals).isPresent()
              || (daemonRuns && holder.name().matches("java|ha-supervisor"));
    };
  }

  /** A container of the static pod; where docker tells of no containers, by its program's name. */
  private boolean pod(Port port, Holder holder) {
    if (holder.container().isEmpty()) {
      return false;
    }
    Optional<String> pod = Optional.ofNullable(own.get(port.program()));
    return containers
        .filter(_ -> pod.isPresent())
        .map(known -> pod.equals(Optional.ofNullable(known.get(holder.container().get()))))
        .orElseGet(
            () ->
                holder.name().equals(ALL_IN_ONE)
                    || holder
                        .name()
                        .equals(
                            port.program().substring(0, Math.min(NAME, port.program().length()))));
  }

  private Check taken(Port port, Listener listener) {
    String address = listener.address();
    boolean aside =
        listener.scope() == Scope.ONE
            && !address.equals(Addresses.canonical(master.node().address()));
    return new Check(
        Area.PORTS,
        aside ? "PORT_TAKEN_ELSEWHERE" : "PORT_TAKEN",
        aside ? WARNING : FAILED,
        String.valueOf(port.number()),
        "%s listens on %s, which is for %s%s"
            .formatted(
                listener.holder().map(PortRule::who).orElse("something that cannot be seen"),
                listener.scope() == Scope.ALL ? "all addresses" : address,
                port.program(),
                aside ? ": both can only where neither listens on all addresses" : ""),
        listener
            .holder()
            .map(PortRule::cure)
            .orElse("see whose it is: ss -ltnp 'sport = :" + port.number() + "'"));
  }

  private static String who(Holder holder) {
    return Quote.bare(holder.name())
        + " (pid "
        + holder.pid()
        + holder.container().map(id -> ", container " + id.substring(0, 12)).orElse("")
        + holder
            .unit()
            .filter(_ -> holder.container().isEmpty())
            .map(unit -> ", " + Quote.bare(unit))
            .orElse("")
        + ")";
  }

  private static String cure(Holder holder) {
    String sure = "make sure that nobody needs it, then: ";
    if (holder.container().isPresent()) {
      return sure + "docker stop " + holder.container().get().substring(0, 12);
    }
    return sure
        + holder
            .unit()
            .map(unit -> "systemctl disable --now " + Quote.word(unit))
            .orElse("kill " + holder.pid());
  }
}
