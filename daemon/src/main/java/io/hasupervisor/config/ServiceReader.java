package io.hasupervisor.config;

import io.hasupervisor.config.ServiceKeys.Kind;
import io.hasupervisor.host.UnitSpec;
import io.hasupervisor.loop.ServiceSpec;
import io.hasupervisor.loop.ServiceSpec.Check;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One service. What is not written takes its default, and a few defaults follow from other keys.
 *
 * @param stateDirectory what relative paths are relative to
 */
record ServiceReader(String name, Section section, Path stateDirectory) {

  ServiceSpec read(PolicyReader policy) {
    Kind kind = section.get(ServiceKeys.KIND);
    section.onlyKeysFor(kind.name().toLowerCase(Locale.ROOT), "kind");
    UnitSpec unit =
        switch (kind) {
          case SYSTEMD -> systemd();
          case SCRIPT -> script();
          case EXEC -> exec();
        };
    return new ServiceSpec(
        name,
        unit,
        policy.read(name, section),
        checks(),
        new EvidenceReader(evidence()).read(unit, policy.captureLimit(section)),
        watched(unit));
  }

  private Section evidence() {
    return section.section(ServiceKeys.EVIDENCE, EvidenceKeys.SHAPE);
  }

  private UnitSpec systemd() {
    return new UnitSpec.Systemd(section.get(ServiceKeys.UNIT).orElse(name + ".service"));
  }

  private UnitSpec script() {
    return new UnitSpec.Script(
        section.get(ServiceKeys.START),
        section.get(ServiceKeys.STOP),
        section.get(ServiceKeys.PIDFILE),
        section.get(ServiceKeys.START_LIMIT));
  }

  private UnitSpec exec() {
    return new UnitSpec.Exec(
        section.get(ServiceKeys.COMMAND),
        section.texts(ServiceKeys.ENVIRONMENT),
        section.get(ServiceKeys.DIRECTORY).map(this::inState),
        inState(section.get(ServiceKeys.LOG).orElse(Path.of(name + ".log"))));
  }

  private Path inState(Path path) {
    return stateDirectory.resolve(path).normalize();
  }

  private List<Check> checks() {
    List<Check> checks = new ArrayList<>();
    section
        .sections(ServiceKeys.PROBES, ProbeKeys.SHAPE)
        .forEach(
            (probe, keys) -> {
              Check check = new ProbeReader(probe, keys).read(section.get(ServiceKeys.START_GRACE));
              if (keys.get(ProbeKeys.ENABLED)) {
                checks.add(check);
              }
            });
    return List.copyOf(checks);
  }

  /** Left out: what is run, or where systemd keeps units; a change there may have mended it. */
  private List<Path> watched(UnitSpec unit) {
    if (section.has(ServiceKeys.WATCH_FILES)) {
      return section.get(ServiceKeys.WATCH_FILES);
    }
    return switch (unit) {
      case UnitSpec.Systemd systemd ->
          List.of(
              Path.of("/etc/systemd/system", systemd.unit()),
              Path.of("/lib/systemd/system", systemd.unit()));
      case UnitSpec.Script script -> List.of(Path.of(script.start().getFirst()));
      case UnitSpec.Exec exec -> List.of(Path.of(exec.command().getFirst()));
    };
  }
}
