package io.hasupervisor.config;

import io.hasupervisor.cluster.Cluster.LoadBalancer;
import java.util.Optional;
import java.util.OptionalInt;

/** The load balancer as written: the port may be left to the profile. */
record Balancer(String host, OptionalInt port) {
  static final Type<Balancer> TYPE =
      Type.text(
          "a host name or address, or one with a port, such as 10.0.0.10, lb.example.com:443 or"
              + " [fd00::10]:6443",
          Balancer::parse);

  private static Optional<Balancer> parse(String text) {
    return Address.parse(text)
        .map(whole -> new Balancer(whole.host(), OptionalInt.of(whole.port())))
        .or(
            () ->
                Address.parse(text + ":1")
                    .map(host -> new Balancer(host.host(), OptionalInt.empty())));
  }

  LoadBalancer withPort(int otherwise) {
    return new LoadBalancer(host, port.orElse(otherwise));
  }
}
