package io.hasupervisor.monit;

import io.hasupervisor.monit.Statement.Alert;
import io.hasupervisor.monit.Statement.Attribute;
import io.hasupervisor.monit.Statement.Depends;
import io.hasupervisor.monit.Statement.Entry;
import io.hasupervisor.monit.Statement.EveryCycles;
import io.hasupervisor.monit.Statement.EveryTime;
import io.hasupervisor.monit.Statement.Method;
import io.hasupervisor.monit.Statement.Restarts;
import io.hasupervisor.monit.Statement.Test;
import io.hasupervisor.monit.Statement.Unknown;
import java.util.List;
import java.util.Optional;

/** Makes one of our services of one of monit's processes. */
final class ServiceImport {
  private static final long LONGEST = 604_800;

  /** The default of {@code start-grace}, in seconds. */
  private static final long START_GRACE = 120;

  private final Entry entry;
  private final Target target;
  private final Optional<BuiltIn> builtIn;
  private final Services names;
  private final Settings settings;
  private final Leftovers leftovers;
  private final Block block;
  private final boolean observed;
  private final Block crash;
  private final Block kill;
  private final ProbeImport probes;
  private boolean budget;

  /**
   * Writes nothing yet.
   *
   * @param target how it is started; not {@link Target.None}
   * @param names ours by monit's, of all processes that become services
   */
  ServiceImport(
      Entry entry,
      Target target,
      Services names,
      Settings settings,
      Block block,
      Leftovers leftovers) {
    this.entry = entry;
    this.target = target;
    this.builtIn = BuiltIn.of(entry.name(), target);
    this.names = names;
    this.settings = settings;
    this.leftovers = leftovers;
    this.block = block;
    this.observed = isObserved();
    this.crash = block.block("crash");
    this.kill = block.block("kill");
    this.probes =
        new ProbeImport(settings, builtIn, observed, every(), block.block("probes"), leftovers);
  }

  /** Writes it. */
  void write() {
    target();
    if (observed) {
      block.text("mode", "observe", entry.at());
    }
    boolean here = entry.statements().stream().noneMatch(this::isOnReboot);
    if (here && settings.onReboot().filter("nostart"::equals).isPresent()) {
      notAtBoot(entry.at(), "set onreboot nostart");
    }
    entry.statements().forEach(this::write);
    dependsOn();
  }

  private boolean isOnReboot(Statement statement) {
    return statement instanceof Attribute attribute && attribute.keyword().equals("onreboot");
  }

  /** Where monit would start nothing, nothing is started here. */
  private boolean isObserved() {
    return Target.method(entry, "start").isEmpty()
        || entry.statements().stream().anyMatch(ServiceImport::forbidsStart);
  }

  private static boolean forbidsStart(Statement.Part statement) {
    return switch (statement) {
      case Attribute attribute -> attribute.shown().equals("mode passive");
      case Test test -> test.begins("not", "exist") && !test.act().is("restart", "start");
      case Method _, Restarts _, EveryCycles _, EveryTime _, Depends _, Alert _, Unknown _ -> false;
    };
  }

  private int every() {
    return entry.statements().stream()
        .filter(EveryCycles.class::isInstance)
        .mapToInt(it -> Math.clamp(((EveryCycles) it).cycles(), 1, 100_000))
        .findFirst()
        .orElse(1);
  }

  private void target() {
    Origin at = entry.at();
    block.truth("enabled", true, at);
    switch (target) {
      case Target.Systemd systemd -> {
        block.text("kind", "systemd", at);
        block.text("unit", systemd.unit(), at);
      }
      case Target.Script script -> {
        block.text("kind", "script", at);
        block.text("pidfile", script.pidfile(), at);
        List<String> start = Target.argv(script.start().run());
        block.list("start", start, script.start().at());
        block.list("stop", Target.argv(script.stop().run()), script.stop().at());
        String program = script.start().run().argv().getFirst();
        if (builtIn.isPresent()) {
          // The built-in ones are those of a unit.
          block.list("watch-files", List.of(program, "/etc/default/" + builtIn.get().name()), at);
        } else if (!start.getFirst().equals(program)) {
          block.list("watch-files", List.of(program), at);
        }
      }
      case Target.None none -> throw new IllegalArgumentException(none.instead());
    }
  }

  private void write(Statement.Part statement) {
    switch (statement) {
      case Method method -> method(method);
      case Test test -> test(test);
      case Restarts restarts -> restarts(restarts);
      case EveryCycles every -> block.remark(every.at(), every.shown() + ": period of the probes");
      case EveryTime time ->
          leftovers.add(
              time.at(),
              time.shown(),
              time.not()
                  ? "not imported, so it may be restarted then: have cron run ha-supervisor hold "
                      + names.of(entry)
                      + " --for LENGTH --reason TEXT when that time begins"
                  : "not imported: probes ask at all times, each in its period");
      case Attribute attribute -> attribute(attribute);
      case Alert alert -> leftovers.add(alert.at(), alert.shown(), NotYet.ALERTS);
      case Depends depends -> names.missing(depends, leftovers);
      case Unknown unknown ->
          leftovers.add(unknown.at(), unknown.shown(), "not understood, and not imported");
    }
  }

  private void method(Method method) {
    boolean script = target instanceof Target.Script;
    if (method.verb().equals("restart")) {
      leftovers.add(
          method.at(),
          method.shown(),
          "not imported: a restart is a stop, seen to its end, and a start");
      return;
    }
    boolean start = method.verb().equals("start");
    if (!script) {
      block.remark(method.at(), method.verb() + " program: through its unit");
      if (method.run().uid().isPresent() || method.run().gid().isPresent()) {
        leftovers.add(
            method.at(), method.shown() + " as uid, gid", "set User= and Group= in its unit");
      }
    } else if (Target.method(entry, method.verb()).filter(method::equals).isEmpty()) {
      leftovers.add(method.at(), method.shown(), "a later one counts, for monit too");
      return;
    }
    Optional<Long> limit =
        method
            .timeout()
            .map(Integer::longValue)
            .or(() -> settings.limit(start ? "starttimeout" : "stoptimeout"))
            .map(it -> Math.clamp(it, 1, LONGEST));
    limit.ifPresent(it -> limit(method, start, script, it));
  }

  private void limit(Method method, boolean start, boolean script, long seconds) {
    if (!start) {
      kill.seconds("term-wait", seconds, method.at());
      return;
    }
    if (script) {
      block.seconds("start-limit", seconds, method.at());
    }
    if (seconds > START_GRACE) {
      block.seconds("start-grace", seconds, method.at());
    } else if (!script) {
      block.remark(method.at(), "its timeout is within start-grace: " + START_GRACE + "s");
    }
  }

  private void test(Test test) {
    if (Connection.is(test)) {
      probes.add(test);
    } else if (test.begins("not", "exist")) {
      if (test.act().is("restart", "start")) {
        block.remark(test.at(), "a dead service is started at once, without being told");
      } else {
        leftovers.add(
            test.at(),
            test.shown(),
            "imported as mode: observe, for monit would not start it either; nothing else is done");
      }
    } else {
      leftovers.add(test.at(), test.shown(), Instead.of(entry.kind(), test));
    }
  }

  private void restarts(Restarts restarts) {
    if (budget) {
      leftovers.add(restarts.at(), restarts.shown(), "not imported: there is one budget of deaths");
      return;
    }
    budget = true;
    crash.number("budget", Math.clamp(restarts.restarts(), 1, 1000), restarts.at());
    crash.seconds(
        "budget-window",
        Math.clamp(settings.cycle() * restarts.cycles(), 1, LONGEST),
        restarts.at());
    crash.remark(restarts.at(), "beyond that an alarm and one try a minute: it is never given up");
    if (!restarts.act().is("alert", "unmonitor", "timeout")) {
      leftovers.add(
          restarts.at(),
          restarts.shown(),
          "imported as budget of deaths; beyond it there is an alarm, but no "
              + restarts.act().verb());
    }
  }

  private void attribute(Attribute attribute) {
    switch (attribute.keyword() + " " + attribute.value()) {
      case "mode active", "onreboot start" ->
          block.remark(attribute.at(), attribute.shown() + ": as ever");
      case "mode passive" -> block.remark(attribute.at(), "mode passive: mode observe");
      case "mode manual", "onreboot laststate" ->
          block.remark(
              attribute.at(), attribute.shown() + ": what was stopped by order stays so, as ever");
      case "onreboot nostart" -> notAtBoot(attribute.at(), attribute.shown());
      default ->
          leftovers.add(
              attribute.at(), attribute.shown(), "no counterpart: orders name one service each");
    }
  }

  private void notAtBoot(Origin at, String shown) {
    leftovers.add(
        at,
        shown,
        "imported, but switched off: a dead service is started here, also after a boot; set"
            + " services."
            + names.of(entry)
            + ".enabled: true if you want that");
    block.replace("enabled", "enabled: false  # " + at);
  }

  private void dependsOn() {
    List<String> on = names.dependencies(entry);
    if (!on.isEmpty()) {
      Origin at =
          entry.statements().stream()
              .filter(Depends.class::isInstance)
              .map(Statement::at)
              .findFirst()
              .orElse(entry.at());
      block.list("depends-on", on, at);
    }
  }
}
