package io.hasupervisor.command;

import io.hasupervisor.act.ScriptActuator;
import io.hasupervisor.act.SystemdActuator;
import io.hasupervisor.act.worker.Units;
import io.hasupervisor.control.ControlClient;
import io.hasupervisor.control.ControlFailure;
import io.hasupervisor.control.Reply;
import io.hasupervisor.control.Request;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.host.Clock;
import io.hasupervisor.host.FileWatch;
import io.hasupervisor.host.UnitSpec;
import io.hasupervisor.host.process.DeathWatch;
import io.hasupervisor.host.systemd.DbusSystemd;
import io.hasupervisor.loop.Plan;
import io.hasupervisor.loop.ServiceSpec;
import io.hasupervisor.observe.CheckResult;
import io.hasupervisor.observe.Probes;
import io.hasupervisor.observe.RunSource;
import io.hasupervisor.observe.RunState;
import io.hasupervisor.observe.ScriptRuns;
import io.hasupervisor.observe.SystemdRuns;
import io.hasupervisor.observe.worker.Connections;
import io.hasupervisor.observe.worker.ServerUrl;
import io.hasupervisor.publish.Plain;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The services of this host. A restart is the running daemon's business, lest it fights what it
 * does not know of; without one it is ordered of the init system.
 */
final class WorkerUnits implements Units, AutoCloseable {
  /** Codes of the daemon's answers, and of there being none. */
  private static final int DONE = 0;

  private static final int UNKNOWN_SERVICE = 2;
  private static final int NO_DAEMON = 3;

  private static final int TRIES = 50;
  private static final Duration STOPPING = Duration.ofSeconds(60);

  private final Plan plan;
  private final Optional<ServerUrl> balancer;
  private final Clock clock;
  private Optional<DbusSystemd> systemd = Optional.empty();
  private final DeathWatch deaths;
  private final FileWatch files;
  private final Map<String, RunSource> runs = new HashMap<>();

  /**
   * Those of the plan, and others by their units.
   *
   * @param balancer to which they are to be connected
   */
  WorkerUnits(Plan plan, Optional<ServerUrl> balancer, Clock clock) throws IOException {
    this.plan = plan;
    this.balancer = balancer;
    this.clock = clock;
    this.deaths = DeathWatch.start();
    this.files = FileWatch.start();
  }

  private Optional<ServiceSpec> spec(String service) {
    return plan.services().stream().filter(it -> it.name().equals(service)).findFirst();
  }

  private UnitSpec unit(String service) {
    return spec(service)
        .map(ServiceSpec::unit)
        .orElseGet(() -> new UnitSpec.Systemd(service + ".service"));
  }

  /** Where no unit is systemd's there need be no bus. */
  private DbusSystemd systemd() {
    if (systemd.isEmpty()) {
      systemd =
          Optional.of(
              DbusSystemd.start(DbusSystemd.address(System.getenv()), DbusSystemd.CALL_LIMIT));
    }
    return systemd.get();
  }

  private RunSource runs(String service) {
    return runs.computeIfAbsent(
        service,
        _ ->
            switch (unit(service)) {
              case UnitSpec.Systemd it -> new SystemdRuns(systemd(), it.unit(), clock);
              case UnitSpec.Script it -> new ScriptRuns(it, clock, deaths, files);
              case UnitSpec.Exec _ -> new SystemdRuns(systemd(), service + ".service", clock);
            });
  }

  @Override
  public Outcome restart(String service) throws InterruptedException {
    try {
      Reply reply =
          ControlClient.of(plan.settings().controlSocket()).ask(new Request.Restart(service));
      if (reply.exit() == DONE) {
        return new Outcome.Done();
      }
      if (reply.exit() != UNKNOWN_SERVICE) {
        return new Outcome.Failed(Plain.line(reply.body(), 400));
      }
    } catch (ControlFailure failure) {
      if (failure.exit() != NO_DAEMON) {
        return new Outcome.Failed(failure.text());
      }
    }
    return ordered(service);
  }

  private Outcome ordered(String service) throws InterruptedException {
    return switch (unit(service)) {
      case UnitSpec.Systemd it -> new SystemdActuator(systemd(), it.unit()).restart();
      case UnitSpec.Script it -> {
        ScriptRuns seen = (ScriptRuns) runs(service);
        ScriptActuator hands =
            new ScriptActuator(service, it, seen, plan.settings().stateDir().resolve("worker"));
        Outcome stopped = hands.stop(STOPPING);
        yield stopped instanceof Outcome.Done ? hands.start(it.startLimit()) : stopped;
      }
      case UnitSpec.Exec _ ->
          new Outcome.Failed(
              "it is of kind exec, which the daemon alone starts: systemctl start ha-supervisor");
    };
  }

  /** The bus is connected in the background: its first answer is waited for. */
  @Override
  public RunState state(String service) throws InterruptedException {
    RunState state = runs(service).look().state();
    for (int i = 0; i < TRIES && state instanceof RunState.Unclear; i++) {
      TimeUnit.MILLISECONDS.sleep(100);
      state = runs(service).look().state();
    }
    return state;
  }

  private Optional<Long> pid(String service) throws InterruptedException {
    return state(service) instanceof RunState.Running running
        ? Optional.of(running.incarnation().pid())
        : Optional.empty();
  }

  @Override
  public Optional<String> unwell(String service) throws InterruptedException {
    Optional<Long> pid = pid(service);
    List<ServiceSpec.Check> checks = spec(service).map(ServiceSpec::checks).orElse(List.of());
    for (ServiceSpec.Check check : checks) {
      CheckResult result = Probes.create(check.probe(), () -> pid).check(check.probe().deadline());
      switch (result) {
        case CheckResult.Passed _ -> {}
        case CheckResult.Failed failed -> {
          return Optional.of(check.probe().name() + ": " + Plain.line(failed.detail(), 200));
        }
        case CheckResult.Inconclusive not -> {
          return Optional.of(check.probe().name() + ": " + Plain.line(not.why(), 200));
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public boolean connected(String service) throws InterruptedException {
    Optional<Long> pid = pid(service);
    try {
      return pid.isPresent()
          && balancer.isPresent()
          && Connections.reach(
              pid.get(),
              List.of(InetAddress.getAllByName(balancer.get().host())),
              balancer.get().port());
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    runs.values().forEach(RunSource::close);
    systemd.ifPresent(DbusSystemd::close);
    deaths.close();
    files.close();
  }
}
