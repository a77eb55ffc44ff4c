package io.hasupervisor.config;

import io.hasupervisor.host.UnitSpec;
import io.hasupervisor.yaml.Quote;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Finds two services that are one thing on the host: their policies would fight over it. */
final class Rivals {
  private final Map<Object, String> owners = new HashMap<>();

  /** Reports {@code service} if an earlier one has its unit, pidfile or log. */
  void check(String name, UnitSpec unit, Section service) {
    switch (unit) {
      case UnitSpec.Systemd systemd -> claim(systemd.unit(), name, service, ServiceKeys.UNIT);
      case UnitSpec.Script script -> claim(script.pidfile(), name, service, ServiceKeys.PIDFILE);
      case UnitSpec.Exec exec -> claim(exec.log(), name, service, ServiceKeys.LOG);
    }
  }

  private void claim(Object thing, String name, Section service, Key<?> key) {
    String owner = owners.putIfAbsent(thing, name);
    if (owner != null && !Path.of("/").equals(thing)) {
      service.reject(key, Quote.of(thing.toString()) + " is that of service " + owner + " already");
    }
  }
}
