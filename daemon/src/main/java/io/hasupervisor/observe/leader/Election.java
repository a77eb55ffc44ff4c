package io.hasupervisor.observe.leader;

import io.hasupervisor.observe.HttpLine;
import io.hasupervisor.observe.TimeLimit;
import io.hasupervisor.observe.credential.ClientIdentity;
import io.hasupervisor.observe.credential.ClientIdentity.Identity;
import io.hasupervisor.observe.leader.LeaderSeen.Reading;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** One component's election, asked for where it was answered last. In one thread at a time. */
final class Election implements AutoCloseable {
  private static final String NAMESPACE = "/namespaces/kube-system/";

  /** Rounds after which the own apiserver is asked first again: a minute. */
  private static final int ROUNDS_ELSEWHERE = 6;

  private final String component;
  private final ClientIdentity identity;
  private final List<URI> sources;
  private final InstantSource wall;
  private Optional<URI> worked = Optional.empty();
  private volatile Optional<Line> line = Optional.empty();
  private int rounds;

  /**
   * Asks nothing yet.
   *
   * @param sources apiservers, the own one first
   * @param wall to tell by how far a record's time lies ahead
   */
  Election(String component, ClientIdentity identity, List<URI> sources, InstantSource wall) {
    this.component = component;
    this.identity = identity;
    this.sources = List.copyOf(sources);
    this.wall = wall;
  }

  /** A connection, with what was shown over it. */
  private record Line(URI source, Identity shown, HttpLine http) {}

  /** What is read within {@code limit}, and a second more where a name is looked up for ever. */
  LeaderSeen look(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    List<String> silent = new ArrayList<>();
    List<URI> order = order();
    for (int i = 0; i < order.size(); i++) {
      URI source = order.get(i);
      long left = Math.max(end - System.nanoTime(), 1);
      Duration share = Duration.ofNanos(i + 1 < order.size() ? left / 2 : left);
      Optional<Reading> read = reading(source, ask(source, share), silent);
      if (read.isPresent()) {
        worked = Optional.of(source);
        return new LeaderSeen(component, read.get());
      }
    }
    worked = Optional.empty();
    return new LeaderSeen(component, new Reading.Unknown(String.join("; ", silent)));
  }

  /** Empty, with a word in {@code silent}, where another one is to be asked. */
  private Optional<Reading> reading(URI source, ElectionAnswer answer, List<String> silent) {
    return switch (answer) {
      case ElectionAnswer.Found(Reading reading) -> Optional.of(reading);
      case ElectionAnswer.None _ -> Optional.of(new Reading.Absent());
      // The others take other credentials than an own one without TLS, and need not have any.
      case ElectionAnswer.Denied(String why) when source.equals(sources.getFirst()) ->
          Optional.of(new Reading.Denied(why));
      case ElectionAnswer.Denied(String why) -> silent(source, why, silent);
      case ElectionAnswer.Silent(String why) -> silent(source, why, silent);
    };
  }

  private static Optional<Reading> silent(URI source, String why, List<String> silent) {
    silent.add(source.getHost() + ": " + why);
    return Optional.empty();
  }

  private List<URI> order() {
    boolean elsewhere = worked.filter(it -> !it.equals(sources.getFirst())).isPresent();
    rounds = elsewhere ? rounds + 1 : 0;
    List<URI> order = new ArrayList<>(sources);
    if (elsewhere && rounds % ROUNDS_ELSEWHERE != 0) {
      order.remove(worked.get());
      order.addFirst(worked.get());
    }
    return order;
  }

  private ElectionAnswer ask(URI source, Duration limit) throws InterruptedException {
    try {
      return TimeLimit.within(limit, "election of " + component, () -> ask(source));
    } catch (TimeoutException e) {
      // Whatever still hangs keeps that connection to itself.
      line = Optional.empty();
      return new ElectionAnswer.Silent("its name is looked up for too long");
    }
  }

  private ElectionAnswer ask(URI source) {
    Identity shown = identity.current();
    boolean secured = "https".equalsIgnoreCase(source.getScheme());
    if (secured && shown.tls().isEmpty()) {
      return new ElectionAnswer.Silent(shown.problem());
    }
    HttpLine http = line(source, shown).http();
    ElectionAnswer lease =
        ElectionAnswer.lease(
            http.get(
                "/apis/coordination.k8s.io/v1" + NAMESPACE + "leases/" + component,
                ElectionAnswer.LONGEST),
            wall.instant());
    if (lease instanceof ElectionAnswer.Found || lease instanceof ElectionAnswer.Silent) {
      return lease;
    }
    ElectionAnswer old =
        ElectionAnswer.endpoints(
            http.get("/api/v1" + NAMESPACE + "endpoints/" + component, ElectionAnswer.LONGEST),
            wall.instant());
    if (old instanceof ElectionAnswer.Found) {
      return old;
    }
    // Where Leases are known, a component may read its own, and no Endpoints any more.
    boolean known = lease.equals(new ElectionAnswer.None(true));
    return lease instanceof ElectionAnswer.Denied || (known && old instanceof ElectionAnswer.Denied)
        ? lease
        : old;
  }

  private Line line(URI source, Identity shown) {
    if (line.isPresent()
        && line.get().source().equals(source)
        && line.get().shown().equals(shown)) {
      return line.get();
    }
    close();
    Line made = new Line(source, shown, new HttpLine(source, shown.tls(), shown.token()));
    line = Optional.of(made);
    return made;
  }

  @Override
  public void close() {
    line.ifPresent(it -> it.http().close());
    line = Optional.empty();
  }
}
