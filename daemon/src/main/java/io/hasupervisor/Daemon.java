package io.hasupervisor;

import io.hasupervisor.act.Actuator;
import io.hasupervisor.act.Evidence;
import io.hasupervisor.act.ExecActuator;
import io.hasupervisor.act.ScriptActuator;
import io.hasupervisor.act.SystemdActuator;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.config.ConfigCheck;
import io.hasupervisor.config.ConfigLoader;
import io.hasupervisor.config.Environment;
import io.hasupervisor.config.Loaded;
import io.hasupervisor.control.ControlServer;
import io.hasupervisor.decide.Consent;
import io.hasupervisor.host.BootId;
import io.hasupervisor.host.Clock;
import io.hasupervisor.host.DirectoryLock;
import io.hasupervisor.host.FileWatch;
import io.hasupervisor.host.Notify;
import io.hasupervisor.host.OsSignals;
import io.hasupervisor.host.Posix;
import io.hasupervisor.host.SystemClock;
import io.hasupervisor.host.UnitSpec;
import io.hasupervisor.host.journal.Logs;
import io.hasupervisor.host.process.DeathWatch;
import io.hasupervisor.host.process.ExecProcess;
import io.hasupervisor.host.systemd.DbusSystemd;
import io.hasupervisor.loop.Assembly;
import io.hasupervisor.loop.CredentialInspection;
import io.hasupervisor.loop.DockerInspection;
import io.hasupervisor.loop.HostInspection;
import io.hasupervisor.loop.Inspection;
import io.hasupervisor.loop.Loop;
import io.hasupervisor.loop.Outside;
import io.hasupervisor.loop.Plan;
import io.hasupervisor.loop.PlanSource;
import io.hasupervisor.loop.ServiceSpec;
import io.hasupervisor.loop.SharedSecrets;
import io.hasupervisor.observe.ExecRuns;
import io.hasupervisor.observe.RunSource;
import io.hasupervisor.observe.ScriptRuns;
import io.hasupervisor.observe.SystemdRuns;
import io.hasupervisor.observe.hostfiles.HostPaths;
import io.hasupervisor.publish.LateFeed;
import io.hasupervisor.publish.Version;
import io.hasupervisor.publish.http.Doors;
import io.hasupervisor.yaml.Problem;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import jnr.constants.platform.Signal;
import org.tinylog.Logger;

/**
 * The wiring: builds every object by constructor and closes them in reverse. The only class that
 * knows all packages.
 */
final class Daemon implements AutoCloseable {
  /** EX_CONFIG of sysexits(3). */
  static final int BAD_CONFIG = 78;

  /** While it is there, nothing that lives is disturbed. */
  private static final Path NO_REPAIR = Path.of("/etc/ha-supervisor/no-repair");

  private static final Duration HOST_EVERY = Duration.ofMinutes(1);
  private static final Duration CREDENTIALS_EVERY = Duration.ofHours(1);
  private static final Duration UPGRADES_EVERY = Duration.ofHours(1);

  private final Closing closing = new Closing();
  private final Path configFile;
  private final Environment environment;
  private final Plan plan;

  private Daemon(Path configFile, Environment environment, Plan plan) {
    this.configFile = configFile;
    this.environment = environment;
    this.plan = plan;
  }

  /**
   * Supervises until TERM or INT, in the calling thread.
   *
   * @return 0 after a quiet end, 1 when it cannot start, 78 for a configuration that does not load
   */
  static int run(Path configFile, Environment environment) throws InterruptedException {
    Logs.setUp();
    // The C library takes a while to load; it is wanted once the configuration is read.
    Thread.ofPlatform().daemon().name("c-library").start(Posix::get);
    return switch (ConfigLoader.load(configFile, environment)) {
      case Loaded.Bad bad -> {
        bad.problems().forEach(problem -> Logger.error("{}", problem));
        yield BAD_CONFIG;
      }
      case Loaded.Good good -> {
        Logger.info("ha-supervisor {}: {}", Version.current(), ConfigCheck.render(good).strip());
        try (Daemon daemon = new Daemon(configFile, environment, good.plan())) {
          daemon.supervise();
          yield 0;
        } catch (IOException e) {
          Logger.error("{}", e.getMessage());
          yield 1;
        }
      }
    };
  }

  private void supervise() throws IOException, InterruptedException {
    LateFeed feed = new LateFeed();
    Doors http = closing.add(Doors.ofStatus(feed, feed, plan.settings().listen(), Instant::now));
    http.open();
    Doors ready = closing.add(Doors.ofReady(feed, plan.settings().readyListen(), Instant::now));
    ready.open();
    var _ = Posix.get();
    Clock clock = SystemClock.verified();
    Path stateDir = plan.settings().stateDir();
    String unlocked = lock(stateDir);
    DeathWatch deaths = closing.add(DeathWatch.start());
    FileWatch files = closing.add(FileWatch.start());
    DbusSystemd systemd =
        closing.add(
            DbusSystemd.start(DbusSystemd.address(System.getenv()), DbusSystemd.CALL_LIMIT));
    Notify notify = Notify.from(System.getenv(), ProcessHandle.current().pid(), clock);
    Outside outside =
        new Outside(
            clock,
            BootId.read().value(),
            spec -> link(spec, stateDir, clock, systemd, deaths, files),
            Consent.ALWAYS,
            new Evidence(),
            master -> master(master, stateDir, clock, systemd, files),
            worker -> new HostWorker(worker, HostPaths.ofThisHost(), clock));
    Assembly assembly =
        closing.add(
            new Assembly(
                plan,
                outside,
                this::read,
                Version.current(),
                () -> Stream.of(http.notices(), ready.notices()).flatMap(List::stream).toList(),
                _ -> notify.watchdog()));
    assembly.note("STATE_DIRECTORY", unlocked);
    Loop loop = assembly.loop();
    assembly.start();
    feed.is(assembly.feed(), assembly.ready());
    listen(loop, assembly);
    OsSignals.on(Signal.SIGHUP, () -> reload(loop, notify));
    OsSignals.on(Signal.SIGTERM, loop::quit);
    OsSignals.on(Signal.SIGINT, loop::quit);
    notify.ready("supervising " + plan.services().size() + " services");
    loop.run();
    notify.stopping();
    Logger.info("ends; the services are left as they are");
  }

  /**
   * Supervision goes on without a writable directory; only a second daemon on the same one is
   * refused.
   */
  private String lock(Path stateDir) throws IOException {
    try {
      Files.createDirectories(
          stateDir,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      closing.add(DirectoryLock.take(stateDir));
      return "";
    } catch (FileSystemException e) {
      String text =
          "The state directory cannot be used ("
              + e.getMessage()
              + "): nothing is remembered over a restart";
      Logger.warn("{}", text);
      return text;
    }
  }

  private Outside.Link link(
      ServiceSpec spec,
      Path stateDir,
      Clock clock,
      DbusSystemd systemd,
      DeathWatch deaths,
      FileWatch files) {
    return switch (spec.unit()) {
      case UnitSpec.Systemd unit ->
          link(
              new SystemdRuns(systemd, unit.unit(), clock),
              new SystemdActuator(systemd, unit.unit()));
      case UnitSpec.Script script -> {
        ScriptRuns runs = new ScriptRuns(script, clock, deaths, files);
        yield link(runs, new ScriptActuator(spec.name(), script, runs, stateDir));
      }
      case UnitSpec.Exec exec -> {
        ExecProcess process = new ExecProcess(spec.name(), exec, stateDir, deaths);
        yield link(new ExecRuns(process, clock), new ExecActuator(process));
      }
    };
  }

  private Outside.MasterOutside master(
      Master master, Path stateDir, Clock clock, DbusSystemd systemd, FileWatch files) {
    DockerInspection docker = DockerInspection.of(master, dockerUnit(), stateDir, systemd, clock);
    HostInspection host = HostInspection.of(master, stateDir);
    CredentialInspection credentials = CredentialInspection.of(master, clock::wall);
    SharedSecrets secrets = SharedSecrets.of(master);
    MasterEtcd etcd = new MasterEtcd(master, clock, secrets::fingerprints);
    return new Outside.MasterOutside(
        new MasterWorld(master, stateDir, clock, files),
        etcd,
        new MasterEntry(master, clock),
        new MasterBackups(
            master, clock, stateDir, configFile.toAbsolutePath().resolveSibling(".").normalize()),
        new MasterRepair(
            master,
            etcd.members(),
            List.of(NO_REPAIR, configFile.toAbsolutePath().resolveSibling("no-repair")),
            docker.live()::verified),
        List.of(
            new Inspection("host", host.watched(), HOST_EVERY, host::findings),
            new Inspection("docker", docker.watched(), HOST_EVERY, docker::findings),
            new Inspection(
                "upgrades", docker.upgradeFiles(), UPGRADES_EVERY, docker::upgradeFindings),
            new Inspection(
                "credentials", credentials.watched(), CREDENTIALS_EVERY, credentials::findings),
            new Inspection("secrets", secrets.watched(), CREDENTIALS_EVERY, secrets::look)));
  }

  private String dockerUnit() {
    return plan.services().stream()
        .filter(service -> service.name().equals("docker"))
        .map(ServiceSpec::unit)
        .flatMap(
            unit -> unit instanceof UnitSpec.Systemd it ? Stream.of(it.unit()) : Stream.empty())
        .findFirst()
        .orElse("docker.service");
  }

  private static Outside.Link link(RunSource runs, Actuator actuator) {
    return new Outside.Link(runs, actuator);
  }

  /** Without its socket the daemon still supervises. */
  private void listen(Loop loop, Assembly assembly) {
    Plan.Settings settings = plan.settings();
    try {
      closing.add(ControlServer.start(settings.controlSocket(), settings.controlGroup(), loop));
    } catch (IOException e) {
      Logger.error("{}", e.getMessage());
      assembly.note("CONTROL_SOCKET", "No commands can be given: " + e.getMessage());
    }
  }

  private static void reload(Loop loop, Notify notify) {
    notify.reloading();
    var _ = loop.reload().thenAccept(_ -> notify.ready("configuration read"));
  }

  private PlanSource.Result read() {
    return switch (ConfigLoader.load(configFile, environment)) {
      case Loaded.Good good -> new PlanSource.Result.Valid(good.plan());
      case Loaded.Bad bad ->
          new PlanSource.Result.Invalid(bad.problems().stream().map(Problem::toString).toList());
    };
  }

  @Override
  public void close() {
    closing.close();
  }
}
