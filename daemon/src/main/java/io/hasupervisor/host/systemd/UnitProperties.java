package io.hasupervisor.host.systemd;

import io.hasupervisor.host.systemd.UnitFacts.Files;
import io.hasupervisor.host.systemd.UnitFacts.MainProcess;
import io.hasupervisor.host.systemd.UnitFacts.Restarts;
import io.hasupervisor.host.systemd.UnitFacts.Times;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.freedesktop.dbus.types.UInt64;
import org.freedesktop.dbus.types.Variant;

/**
 * A unit's D-Bus properties as they came. A missing one reads as empty or zero: older systemds have
 * fewer, and only services have a main process.
 */
record UnitProperties(Map<?, ?> values) {

  UnitFacts facts(Optional<String> job) {
    return new UnitFacts(
        text("LoadState"),
        items("LoadError").stream().skip(1).findFirst().map(Object::toString).orElse(""),
        text("ActiveState"),
        text("SubState"),
        job,
        invocationId(),
        text("Result"),
        skipped("ConditionTimestampMonotonic", "ConditionResult")
            || skipped("AssertTimestampMonotonic", "AssertResult"),
        new MainProcess(
            number("MainPID"),
            (int) number("ExecMainCode"),
            (int) number("ExecMainStatus"),
            time("ExecMainStartTimestampMonotonic"),
            time("ExecMainExitTimestampMonotonic")),
        new Restarts(text("Restart"), number("NRestarts"), restartDelay()),
        new Times(
            time("InactiveExitTimestampMonotonic"),
            time("ActiveExitTimestampMonotonic"),
            time("StateChangeTimestampMonotonic")),
        new Files(
            Optional.of(text("FragmentPath")).filter(path -> !path.isEmpty()).map(Path::of),
            items("DropInPaths").stream().map(path -> Path.of(path.toString())).toList(),
            binary()));
  }

  /** Object path of the queued job, if there is one. */
  Optional<String> jobPath() {
    List<?> job = items("Job");
    return job.size() == 2 && job.getFirst() instanceof Number id && id.longValue() != 0
        ? Optional.of(job.getLast().toString())
        : Optional.empty();
  }

  private String invocationId() {
    List<?> bytes = items("InvocationID");
    byte[] id = new byte[bytes.size()];
    for (int i = 0; i < id.length; i++) {
      id[i] = bytes.get(i) instanceof Number b ? b.byteValue() : 0;
    }
    return HexFormat.of().formatHex(id);
  }

  private boolean skipped(String when, String result) {
    return time(when).isPositive() && value(result).filter(Boolean.FALSE::equals).isPresent();
  }

  /** Since systemd 254 the delay may grow (RestartSteps=) and the next one is told. */
  private Duration restartDelay() {
    return values.containsKey("RestartUSecNext") ? time("RestartUSecNext") : time("RestartUSec");
  }

  private Optional<Path> binary() {
    return items("ExecStart").stream()
        .findFirst()
        .filter(command -> command instanceof Object[] fields && fields.length > 0)
        .map(command -> Path.of(((Object[]) command)[0].toString()));
  }

  private Optional<Object> value(String name) {
    return Optional.ofNullable(values.get(name))
        .map(value -> value instanceof Variant<?> variant ? variant.getValue() : value);
  }

  String text(String name) {
    return value(name).map(Object::toString).orElse("");
  }

  private long number(String name) {
    return value(name)
        .filter(Number.class::isInstance)
        .map(n -> ((Number) n).longValue())
        .orElse(0L);
  }

  /** Microseconds; {@code infinity} is all ones and reads as a time far away. */
  private Duration time(String name) {
    long micros =
        value(name).orElse(0) instanceof UInt64 unsigned
            ? unsigned.value().min(java.math.BigInteger.valueOf(Long.MAX_VALUE)).longValue()
            : number(name);
    return Duration.of(micros, ChronoUnit.MICROS);
  }

  private List<?> items(String name) {
    return switch (value(name).orElse(List.of())) {
      case List<?> list -> list;
      case Object[] array -> List.of(array);
      default -> List.of();
    };
  }
}
