package io.hasupervisor.assess.manifest;

import io.hasupervisor.observe.manifest.Pod;
import io.hasupervisor.observe.manifest.Pod.Port;
import io.hasupervisor.yaml.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A port of the host that a container listens on, because its manifest or one of its flags says so.
 *
 * @param address empty for all of the host
 */
record Listening(
    Pod pod, String container, Place place, int port, String protocol, String address) {
  private static final List<String> URLS =
      List.of(
          "listen-client-urls",
          "listen-peer-urls",
          "listen-metrics-urls",
          "listen-client-http-urls");
  private static final List<String> PORTS = List.of("secure-port", "insecure-port", "port");

  /** All of a pod; a port named in {@code ports} and in a flag is there twice. */
  static List<Listening> of(Pod pod) {
    List<Listening> all = new ArrayList<>();
    for (Program program : Program.of(pod)) {
      if (program.container().init()) {
        continue;
      }
      for (Port port : program.container().ports()) {
        Optional<Integer> host =
            port.host().or(() -> pod.hostNetwork() ? port.port() : Optional.empty());
        host.ifPresent(
            number -> all.add(at(program, port.place(), number, port.protocol(), port.hostIp())));
      }
      if (pod.hostNetwork() && program.component().isPresent()) {
        flags(program, all);
      }
    }
    return all;
  }

  private static void flags(Program program, List<Listening> all) {
    for (String name : URLS) {
      for (Endpoint url : program.urls(name)) {
        all.add(at(program, program.place(name), url.port(), "TCP", url.host()));
      }
    }
    for (String name : PORTS) {
      String address =
          program
              .value(name.equals("secure-port") ? "bind-address" : "insecure-bind-address")
              .or(() -> name.equals("secure-port") ? Optional.empty() : program.value("address"))
              .orElse("");
      program
          .value(name)
          .filter(value -> value.matches("[1-9]\\d{0,4}"))
          .ifPresent(
              value ->
                  all.add(
                      at(program, program.place(name), Integer.parseInt(value), "TCP", address)));
    }
  }

  private static Listening at(
      Program program, Place place, int port, String protocol, String address) {
    boolean everywhere = address.equals("0.0.0.0") || address.equals("::");
    return new Listening(
        program.pod(),
        program.container().name(),
        place,
        port,
        protocol,
        everywhere ? "" : address);
  }

  /**
   * Whether one of them cannot listen because of the other; a pod that is there twice runs once.
   */
  boolean clashes(Listening other) {
    boolean same = pod.fullName().equals(other.pod.fullName()) && container.equals(other.container);
    return !same
        && port == other.port
        && protocol.equals(other.protocol)
        && (address.isEmpty() || other.address.isEmpty() || address.equals(other.address));
  }
}
