package io.hasupervisor.command;

import io.hasupervisor.control.ControlClient;
import io.hasupervisor.control.ControlFailure;
import io.hasupervisor.control.Reply;
import io.hasupervisor.control.Request;
import io.hasupervisor.publish.Plain;
import io.hasupervisor.publish.Rendering;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Has the daemon place a revision, and tells how that goes. */
final class Placement {
  /** Exit code where the placement had not ended in time; it goes on. */
  static final int NOT_YET = 4;

  /** Looks at which what was so before the order may still be shown. */
  private static final int STALE = 3;

  /** Characters of one line of the daemon's: a refusal says what it would cost and what to do. */
  private static final int LINE = 800;

  private final ControlClient daemon;
  private final PlacementWorld world;
  private final Waiting waiting;
  private final PrintWriter out;
  private final PrintWriter err;
  private Optional<RolloutSeen> before = Optional.empty();

  Placement(
      ControlClient daemon,
      PlacementWorld world,
      Waiting waiting,
      PrintWriter out,
      PrintWriter err) {
    this.daemon = daemon;
    this.world = world;
    this.waiting = waiting;
    this.out = out;
    this.err = err;
  }

  /** The exit code where the daemon could not place anything now, with the reason printed. */
  OptionalInt obstacle() {
    try {
      before = rollout();
    } catch (ControlFailure failure) {
      say("nothing was stored and nothing was placed: " + failure.text());
      return OptionalInt.of(failure.exit());
    }
    if (before.isEmpty()) {
      say(
          "nothing was stored and nothing was placed: the daemon does not know this host as a"
              + " master; first: ha-supervisor reload");
      return OptionalInt.of(1);
    }
    if (before.get().state().equals("OBSERVED")) {
      say("nothing was stored and nothing was placed: " + line(before.get().reason()));
      return OptionalInt.of(1);
    }
    return OptionalInt.empty();
  }

  /**
   * Gives the order and follows it; returns the exit code.
   *
   * @param acceptLoss whether etcd's quorum may be lost by it
   */
  int place(int revision, boolean acceptLoss) {
    try {
      Reply reply = daemon.ask(new Request.PlaceManifests(revision, acceptLoss));
      if (reply.exit() != 0) {
        say("revision " + revision + " was not placed: " + line(reply.body()));
        return reply.exit();
      }
      reply.body().lines().map(Placement::line).forEach(this::tell);
    } catch (ControlFailure failure) {
      say("nobody knows whether revision " + revision + " will be placed: " + failure.text());
      return failure.exit();
    }
    return waiting.none ? 0 : follow(revision);
  }

  private int follow(int revision) {
    Duration end = world.clock().now().plus(waiting.timeout);
    String said = "";
    for (int looks = 1; world.nextSecond().getAsBoolean(); looks++) {
      Optional<RolloutSeen> seen = Optional.empty();
      String now;
      try {
        seen = rollout();
        now = seen.map(it -> it.state() + ": " + line(it.reason())).orElse("no answer");
      } catch (ControlFailure failure) {
        now = "still waiting: " + line(failure.text());
      }
      boolean stale = looks <= STALE && seen.equals(before);
      if (!now.equals(said) && !stale) {
        tell(now);
        said = now;
      }
      OptionalInt exit = stale ? OptionalInt.empty() : end(seen, revision);
      if (exit.isPresent()) {
        return exit.getAsInt();
      }
      if (world.clock().now().compareTo(end) >= 0) {
        break;
      }
    }
    say(
        "revision "
            + revision
            + " is not known to run yet; the daemon goes on, and is followed no longer; see:"
            + " ha-supervisor status");
    return NOT_YET;
  }

  private OptionalInt end(Optional<RolloutSeen> seen, int revision) {
    return switch (seen.map(RolloutSeen::state).orElse("")) {
      case "PLACED", "SETTLING" -> OptionalInt.of(placed(seen, revision) ? 0 : 1);
      case "ROLLED_BACK", "ROLLBACK_FAILED", "NONE", "OBSERVED" -> {
        say("revision " + revision + " does not run: " + line(seen.get().reason()));
        yield OptionalInt.of(1);
      }
      default -> OptionalInt.empty();
    };
  }

  private boolean placed(Optional<RolloutSeen> seen, int revision) {
    int placed = seen.map(RolloutSeen::revision).orElse(0);
    if (placed != revision) {
      say("revision " + placed + " runs, not " + revision + ": somebody placed it meanwhile");
    }
    return placed == revision;
  }

  private Optional<RolloutSeen> rollout() throws ControlFailure {
    Reply reply = daemon.ask(new Request.GetStatus(Rendering.JSON));
    try {
      return RolloutSeen.of(reply.body());
    } catch (IOException e) {
      // A daemon of another version, which refused the question in words.
      return Optional.empty();
    }
  }

  private static String line(String foreign) {
    return Plain.line(foreign, LINE);
  }

  private void tell(String sentence) {
    out.println(sentence);
    out.flush();
  }

  private void say(String sentence) {
    out.flush();
    err.println("ha-supervisor: " + sentence);
    err.flush();
  }
}
