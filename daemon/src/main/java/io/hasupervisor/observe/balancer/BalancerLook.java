package io.hasupervisor.observe.balancer;

import io.hasupervisor.cluster.Addresses;
import io.hasupervisor.cluster.ApiserverSettings;
import io.hasupervisor.cluster.Cluster.LoadBalancer;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.observe.AtOnce;
import io.hasupervisor.observe.HttpCall;
import io.hasupervisor.observe.ProbeTarget.HttpCredentials;
import io.hasupervisor.observe.Shown;
import io.hasupervisor.observe.TimeLimit;
import io.hasupervisor.observe.api.ApiAnswer;
import io.hasupervisor.observe.api.ApiAnswers;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;

/** Asks through the load balancer, as a client would. For one thread at a time. */
public final class BalancerLook {
  /** A call may take a second more; all of a round ends within five. */
  private static final Duration LIMIT = Duration.ofSeconds(3);

  private static final Duration NAME_LIMIT = Duration.ofSeconds(1);
  private static final int LONGEST = 4096;

  /**
   * Connections of a round. A handshake costs some 15 ms of processor time: while all is well one a
   * round is enough, for within five minutes thirty of them show every master that is balanced to.
   * When one fails, the next rounds tell at once whether all do.
   */
  private static final int WELL = 1;

  private static final int DOUBTFUL = 3;

  private final Optional<LoadBalancer> balancer;
  private final HttpCall http;
  private int connections = DOUBTFUL;

  private BalancerLook(Optional<LoadBalancer> balancer, HttpCredentials credentials) {
    this.balancer = balancer;
    this.http = new HttpCall(credentials, LIMIT).within(LIMIT, LONGEST);
  }

  /** Nothing is asked yet. */
  public static BalancerLook of(Master master) {
    ApiserverSettings settings = master.apiserver();
    // No bearer token: whoever sits behind that address may be none of ours.
    return new BalancerLook(
        master.cluster().loadBalancer(),
        new HttpCredentials(
            settings.ca(), settings.certificate(), settings.key(), Optional.empty(), false));
  }

  /** Within five seconds; empty where none is configured. That it is sick is an answer. */
  public Optional<BalancerSeen> look() throws InterruptedException {
    if (balancer.isEmpty()) {
      return Optional.empty();
    }
    LoadBalancer it = balancer.get();
    String host = Addresses.inUrl(it.host());
    String address = host + ":" + it.port();
    Optional<String> unresolved = unresolved(it.host());
    List<Passage> passages =
        unresolved.isPresent()
            ? List.of(unasked(unresolved.get()))
            : passages(URI.create("https://" + address + "/healthz"));
    connections = passages.stream().allMatch(BalancerLook::well) ? WELL : DOUBTFUL;
    return Optional.of(new BalancerSeen(address, passages));
  }

  private static boolean well(Passage passage) {
    return passage.served() && passage.distrust().isEmpty();
  }

  private static Passage unasked(String why) {
    return new Passage(Optional.empty(), Optional.empty(), new ApiAnswer.NotAsked(why));
  }

  /** Why its name leads nowhere: that says nothing of the load balancer. */
  private static Optional<String> unresolved(String host) throws InterruptedException {
    if (Addresses.isAddress(host)) {
      return Optional.empty();
    }
    try {
      InetAddress[] found =
          TimeLimit.within(NAME_LIMIT, "name of the load balancer", () -> addresses(host));
      return found.length > 0
          ? Optional.empty()
          : Optional.of("the name " + host + " is not resolved on this host");
    } catch (TimeoutException e) {
      return Optional.of("the name " + host + " was not resolved in time on this host");
    }
  }

  private static InetAddress[] addresses(String host) {
    try {
      return InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      return new InetAddress[0];
    }
  }

  /** All at once: one that hangs must not cost the others their time. */
  private List<Passage> passages(URI uri) throws InterruptedException {
    Callable<Passage> passage = () -> passage(uri);
    return AtOnce.all("load balancer asked", Collections.nCopies(connections, passage));
  }

  private Passage passage(URI uri) throws InterruptedException {
    Queue<Shown> heard = new ConcurrentLinkedQueue<>();
    long begun = System.nanoTime();
    HttpCall.Reply reply = http.doubting(heard::add).get(uri);
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    Optional<Shown> shown = Optional.ofNullable(heard.peek());
    return new Passage(
        shown.map(it -> ApiAnswers.fingerprint(it.certificate())),
        shown.flatMap(Shown::distrust),
        ApiAnswers.of(reply, took));
  }
}
