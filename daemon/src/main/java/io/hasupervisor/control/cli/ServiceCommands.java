package io.hasupervisor.control.cli;

import io.hasupervisor.control.Request;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands on one service. */
final class ServiceCommands {
  private ServiceCommands() {}

  /** A command with one service's name. */
  @Command(footerHeading = "%nExample:%n")
  abstract static class OneService extends ClientCommand {
    @Parameters(
        paramLabel = "SERVICE",
        description = "Name of the service, as in the configuration.")
    String service = "";
  }

  /** An order that may cost etcd's quorum. */
  abstract static class Order extends OneService {
    @Option(
        names = "--accept-quorum-loss",
        description = {
          "Do it on a master although etcd may lose its quorum.",
          "The reply says what it costs. Only etcd's last data is still guarded."
        })
    boolean acceptLoss;
  }

  @Command(
      name = "explain",
      description = "Show a service's policy, evidence and reason in full.",
      footer = "  ha-supervisor explain docker")
  static final class ExplainCommand extends OneService {
    @Override
    Request request() {
      return new Request.Explain(service);
    }
  }

  @Command(
      name = "start",
      description = {
        "Start a service now, without waiting for its delay.",
        "Ends a stop; a hold must be released first."
      },
      footer = "  ha-supervisor start docker")
  static final class StartCommand extends Order {
    @Override
    Request request() {
      return new Request.Start(service, acceptLoss);
    }
  }

  @Command(
      name = "stop",
      description = "Stop a service and keep it down until it is started again, or for some time.",
      footer = {"  ha-supervisor stop docker", "  ha-supervisor stop kubelet --for 30m"})
  static final class StopCommand extends Order {
    @Option(
        names = "--for",
        paramLabel = "LENGTH",
        converter = LengthConverter.class,
        description = "Start it again after LENGTH, such as 90s, 30m, 1h30m.")
    Optional<Duration> length = Optional.empty();

    @Override
    Request request() {
      return new Request.Stop(service, length, acceptLoss);
    }
  }

  @Command(
      name = "restart",
      description = "Stop a service, with evidence kept and KILL if need be, and start it.",
      footer = {
        "  ha-supervisor restart docker",
        "  ha-supervisor restart docker --accept-quorum-loss"
      })
  static final class RestartCommand extends Order {
    @Override
    Request request() {
      return new Request.Restart(service, acceptLoss);
    }
  }

  @Command(
      name = "retry",
      description = {
        "Do now what waits for a delay or a budget.",
        "A service that is down is started.",
        "One whose probes ask for it is killed and restarted."
      },
      footer = "  ha-supervisor retry docker")
  static final class RetryCommand extends Order {
    @Override
    Request request() {
      return new Request.Retry(service, acceptLoss);
    }
  }
}
