package io.hasupervisor.observe.docker;

import io.hasupervisor.host.Clock;
import io.hasupervisor.host.ProcStat;
import io.hasupervisor.host.process.ProcessId;
import io.hasupervisor.host.systemd.Systemd;
import io.hasupervisor.host.systemd.SystemdRefused;
import io.hasupervisor.host.systemd.SystemdUnavailable;
import io.hasupervisor.host.systemd.UnitFacts;
import io.hasupervisor.observe.DockerInfo;
import io.hasupervisor.observe.etcd.ProcessSeen;
import io.hasupervisor.observe.hostfiles.HostPaths;
import io.hasupervisor.observe.hostfiles.SmallFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Looks at docker: its unit, its process, its own word, its settings.
 *
 * @param unit as systemd names it
 * @param etcd looks at this host's etcd
 */
public record DockerLook(
    Systemd systemd,
    String unit,
    Path socket,
    HostPaths paths,
    Clock clock,
    Supplier<ProcessSeen> etcd) {
  private static final String PIDFILE = "/run/docker.pid";
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** Looks once: 11 seconds at most where systemd and docker both hang. */
  public DockerSeen look() throws InterruptedException {
    UnitSeen seen;
    Optional<Long> pid;
    try {
      UnitFacts facts = systemd.facts(unit);
      seen = UnitSeen.of(unit, facts);
      pid = Optional.of(facts.main().pid());
    } catch (SystemdUnavailable | SystemdRefused e) {
      seen = new UnitSeen.None(String.valueOf(e.getMessage()));
      pid = pidfile();
    }
    Optional<DockerLife> life = pid.flatMap(this::life);
    return new DockerSeen(
        seen, life, info(life), SettingsSeen.look(paths.at(SettingsSeen.FILE)), etcd.get());
  }

  /** What is dead is not asked: a connection to its socket would make systemd start it. */
  private DockerInfo info(Optional<DockerLife> life) throws InterruptedException {
    if (life.isEmpty()) {
      return new DockerInfo.Silent("docker does not run");
    }
    DockerInfo info = DockerInfo.ask(socket, LIMIT);
    return life(life.get().pid()).filter(life.get()::same).isPresent()
        ? info
        : new DockerInfo.Silent("docker was restarted meanwhile");
  }

  private Optional<DockerLife> life(long pid) {
    return pid <= 0
        ? Optional.empty()
        : ProcStat.of(pid)
            .filter(ProcStat::alive)
            .map(
                stat -> {
                  Duration age = clock.now().minus(ProcessId.of(stat).startedAt());
                  return new DockerLife(pid, stat.startTicks(), clock.wall().minus(age));
                });
  }

  private Optional<Long> pidfile() {
    try {
      String text = SmallFile.read(paths.at(PIDFILE)).strip();
      return Optional.of(text)
          .filter(it -> it.matches("[1-9][0-9]{0,9}"))
          .map(Long::parseLong)
          .filter(pid -> ProcStat.of(pid).filter(it -> it.name().startsWith("docker")).isPresent());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
