package io.hasupervisor.observe.preflight;

import io.hasupervisor.observe.CheckResult;
import io.hasupervisor.observe.Probes;
import io.hasupervisor.observe.Symptom;
import io.hasupervisor.observe.TimeLimit;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * Whether a port of another master can be reached from here.
 *
 * @param node the master's name
 * @param detail what came of the connection, for people
 */
public record Reach(String node, String address, int port, State state, String detail) {

  /** What came of a connection. */
  public enum State {
    OPEN,
    /** The host answers, and nothing listens there. */
    REFUSED,
    /** No answer, or no way. */
    SILENT,
    /** This host could not try. */
    UNKNOWN
  }

  /** Connects once, sends nothing; answers a second after {@code limit} at the latest. */
  public static Reach look(String node, String address, int port, Duration limit)
      throws InterruptedException {
    try {
      return of(
          node,
          address,
          port,
          TimeLimit.within(limit, "reach " + node, () -> Probes.tcp(address, port).check(limit)));
    } catch (TimeoutException e) {
      return new Reach(node, address, port, State.SILENT, "connecting hangs in the kernel");
    }
  }

  private static Reach of(String node, String address, int port, CheckResult result) {
    return switch (result) {
      case CheckResult.Passed passed -> new Reach(node, address, port, State.OPEN, passed.detail());
      case CheckResult.Failed failed ->
          new Reach(
              node,
              address,
              port,
              failed.symptom() == Symptom.REFUSED ? State.REFUSED : State.SILENT,
              failed.detail());
      case CheckResult.Inconclusive inconclusive ->
          new Reach(node, address, port, State.UNKNOWN, inconclusive.why());
    };
  }
}
