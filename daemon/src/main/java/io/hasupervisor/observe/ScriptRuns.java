package io.hasupervisor.observe;

import io.hasupervisor.host.Clock;
import io.hasupervisor.host.FileWatch;
import io.hasupervisor.host.ProcStat;
import io.hasupervisor.host.UnitSpec;
import io.hasupervisor.host.process.DeathWatch;
import io.hasupervisor.host.process.Launcher;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Run state of a service that an init script starts and a pidfile names; {@link PidRule} says which
 * process it is.
 *
 * <p>While the service last seen lives, nothing that happens to its pidfile makes it dead. Its
 * death is noticed by {@link DeathWatch}, a new pidfile by {@link FileWatch}: idle costs nothing.
 */
public final class ScriptRuns implements RunSource {
  private final UnitSpec.Script spec;
  private final Clock clock;
  private final DeathWatch deaths;
  private final FileWatch files;
  private final long ownPid = ProcessHandle.current().pid();
  private Runnable changed = () -> {};
  private FileWatch.Watch pidfileWatch = () -> {};
  private DeathWatch.Watch deathWatch = () -> {};
  private Optional<PidRule.Known> known = Optional.empty();

  /** Watches nothing before {@link #onChange}. */
  public ScriptRuns(UnitSpec.Script spec, Clock clock, DeathWatch deaths, FileWatch files) {
    this.spec = spec;
    this.clock = clock;
    this.deaths = deaths;
    this.files = files;
  }

  @Override
  public synchronized RunReport look() {
    Duration at = clock.now();
    if (alive().isEmpty()) {
      died();
    }
    Pidfile pidfile = Pidfile.read(spec.pidfile());
    Optional<String> objection = objection(pidfile);
    Optional<Candidate> life = alive();
    return new RunReport(
        life.isPresent()
            ? new RunState.Running(life.get().incarnation())
            : notRunning(pidfile, objection.orElse("the service has just ended")),
        at);
  }

  private Optional<Candidate> alive() {
    return known.map(PidRule.Known::life).filter(life -> life.id().alive());
  }

  /** Takes the named process for the service, or says why not. */
  private Optional<String> objection(Pidfile pidfile) {
    if (!(pidfile instanceof Pidfile.Names names)) {
      return Optional.empty();
    }
    Optional<ProcStat> stat = ProcStat.of(names.pid());
    if (stat.isEmpty()) {
      return Optional.of("process %d of pidfile %s is gone".formatted(names.pid(), spec.pidfile()));
    }
    if (!stat.get().alive()) {
      return Optional.of(
          "process %d is a zombie: dead, and not yet collected by process %d"
              .formatted(names.pid(), stat.get().parent()));
    }
    Duration age = Duration.between(names.content().written().toInstant(), clock.wall());
    Candidate candidate = Candidate.of(stat.get(), names.content(), clock.now().minus(age));
    Optional<String> objection = PidRule.objection(spec.pidfile(), candidate, known, ownPid);
    if (objection.isEmpty()) {
      accept(candidate);
    } else if (alive().isPresent()) {
      known = known.map(service -> service.beside(candidate.id()));
    }
    return objection;
  }

  private void accept(Candidate candidate) {
    boolean same = known.filter(before -> before.life().id().equals(candidate.id())).isPresent();
    // The first look's start time stands: a suspend would move it.
    if (same && known.get().life().content().equals(candidate.content())) {
      return;
    }
    known = Optional.of(PidRule.Known.alive(candidate));
    if (!same) {
      deathWatch.close();
      deathWatch = deaths.watch(candidate.id(), () -> died(candidate));
    }
  }

  private void died(Candidate life) {
    Runnable listener;
    synchronized (this) {
      if (known.filter(now -> now.life().id().equals(life.id())).isPresent()) {
        died();
      }
      listener = changed;
    }
    listener.run();
  }

  private void died() {
    known = known.map(service -> service.diedBy(clock.now()));
  }

  private RunState notRunning(Pidfile pidfile, String objection) {
    String script = spec.start().getFirst();
    if (Launcher.program(script, Map.of()).isEmpty()) {
      return new RunState.Absent(
          "start command " + script + " does not exist or is not executable",
          "install it, make it executable (chmod +x), or correct the configuration");
    }
    return switch (pidfile) {
      case Pidfile.Names _ -> new RunState.Dead(Exit.unknown(objection));
      case Pidfile.NamesNone none -> new RunState.Dead(Exit.unknown(none.why()));
      case Pidfile.Refused refused ->
          new RunState.Absent(
              refused.why(), "remove it, or correct the pidfile in the configuration");
      case Pidfile.Unreadable unreadable -> new RunState.Unclear(unreadable.why());
    };
  }

  @Override
  public synchronized void onChange(Runnable changed) {
    this.changed = changed;
    pidfileWatch.close();
    pidfileWatch = files.watch(spec.pidfile(), changed);
  }

  @Override
  public synchronized void close() {
    changed = () -> {};
    pidfileWatch.close();
    deathWatch.close();
  }
}
