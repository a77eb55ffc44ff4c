package io.hasupervisor.observe;

import io.hasupervisor.host.ProcStat;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes the probe for a target. */
public final class Probes {
  private Probes() {}

  /**
   * A probe that has done nothing yet. It belongs to one {@link ProbeSchedule}: at most one check
   * of it runs at a time.
   *
   * @param mainPid the service's main process now, asked at each check; empty while none is known
   */
  public static Probe create(ProbeSpec spec, Supplier<Optional<Long>> mainPid) {
    return switch (spec.target()) {
      case ProbeTarget.Http http -> new HttpProbe(http);
      case ProbeTarget.Docker docker -> new DockerProbe(docker);
      case ProbeTarget.Tcp tcp -> new TcpProbe(tcp);
      case ProbeTarget.UnixSocket socket -> new UnixSocketProbe(socket);
      case ProbeTarget.Command command -> new CommandProbe(command);
      case ProbeTarget.MainProcess _ -> new MainProcessProbe(mainPid, ProcStat::of);
    };
  }

  /** Whether a TCP connection is accepted; for a single check. */
  public static Probe tcp(String host, int port) {
    return new TcpProbe(new ProbeTarget.Tcp(host, port));
  }
}
