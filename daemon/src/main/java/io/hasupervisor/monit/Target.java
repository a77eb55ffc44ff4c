package io.hasupervisor.monit;

import io.hasupervisor.monit.Statement.Entry;
import io.hasupervisor.monit.Statement.Method;
import io.hasupervisor.monit.Statement.Run;
import io.hasupervisor.yaml.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** How a process of monit's is started and stopped by us. */
sealed interface Target {
  /** By systemd. */
  record Systemd(String unit) implements Target {}

  /** By a program that writes a pidfile. */
  record Script(Method start, Method stop, String pidfile) implements Target {}

  /** Not at all, and why; with what to do instead. */
  record None(String instead) implements Target {}

  Pattern UNIT = Pattern.compile("[A-Za-z0-9:_.\\\\@-]{1,247}(?<!@)\\.service");

  /**
   * Where both are there, the unit and an init script, the init script is only another way to the
   * unit.
   *
   * @param units whether systemd has a unit of this name
   */
  static Target of(Entry entry, Predicate<String> units) {
    Optional<Method> start = method(entry, "start");
    Optional<Method> stop = method(entry, "stop");
    Optional<String> unit =
        start
            .flatMap(it -> unit(it.run().argv(), units))
            .or(() -> start.isPresent() ? Optional.empty() : Optional.of(entry.name() + ".service"))
            .filter(it -> start.isPresent() || units.test(it));
    if (unit.isPresent()) {
      return UNIT.matcher(unit.get()).matches()
          ? new Systemd(unit.get())
          : new None("only units of kind service are supervised");
    }
    Optional<String> pidfile = entry.header("pidfile").or(() -> entry.header("path"));
    if (start.isEmpty()) {
      return new None(
          "it has no start program, and no systemd unit of this name is here: write a service with"
              + " kind and how it is started");
    }
    if (pidfile.isEmpty()) {
      return new None(
          "a process is never looked for by its name here, for another may have it too: write a"
              + " service with its systemd unit, or with kind script and its pidfile");
    }
    if (stop.isEmpty()) {
      return new None("it has no stop program, which kind script needs");
    }
    return pidfile.get().startsWith("/")
            && Scalar.writable(pidfile.get())
            && absolute(start.get())
            && absolute(stop.get())
        ? new Script(start.get(), stop.get(), pidfile.get())
        : new None("pidfile, start and stop program need absolute paths");
  }

  /** The last one counts, as for monit. */
  static Optional<Method> method(Entry entry, String verb) {
    return entry.statements().stream()
        .filter(Method.class::isInstance)
        .map(Method.class::cast)
        .filter(it -> it.verb().equals(verb))
        .reduce((_, last) -> last);
  }

  private static boolean absolute(Method method) {
    return method.run().argv().getFirst().startsWith("/");
  }

  private static Optional<String> unit(List<String> argv, Predicate<String> units) {
    String program = argv.getFirst();
    String base = program.substring(program.lastIndexOf('/') + 1);
    List<String> words = argv.stream().skip(1).filter(it -> !it.startsWith("-")).toList();
    if (base.equals("systemctl")) {
      return words.stream().filter(it -> !it.equals("start")).findFirst().map(Target::service);
    }
    boolean wrapper = base.equals("service") || base.equals("invoke-rc.d");
    String script =
        wrapper && !words.isEmpty()
            ? words.getFirst()
            : program.matches("/etc/(rc\\.d/)?init\\.d/[^/]+") ? base : "";
    return Optional.of(script + ".service").filter(it -> !script.isEmpty()).filter(units);
  }

  private static String service(String unit) {
    return unit.matches(".*\\.(service|socket|target|timer|mount|path|slice|scope)")
        ? unit
        : unit + ".service";
  }

  /** With the rights that monit would have given it. */
  static List<String> argv(Run run) {
    if (run.uid().isEmpty() && run.gid().isEmpty()) {
      return run.argv();
    }
    List<String> argv = new ArrayList<>(List.of("/usr/bin/setpriv"));
    run.uid().ifPresent(uid -> argv.add("--reuid=" + uid));
    run.gid().ifPresent(gid -> argv.add("--regid=" + gid));
    boolean known =
        run.gid().isEmpty() && run.uid().filter(it -> !it.matches("[0-9]+")).isPresent();
    argv.add(known ? "--init-groups" : "--clear-groups");
    argv.add("--");
    argv.addAll(run.argv());
    return argv;
  }
}
