package io.hasupervisor.observe.api;

import io.hasupervisor.cluster.ApiserverSettings;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.observe.AtOnce;
import io.hasupervisor.observe.HttpCall;
import io.hasupervisor.observe.ProbeTarget.HttpCredentials;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Asks the apiservers of all masters by their own addresses, all at once.
 *
 * <p>The own one is asked in every round. The others are asked in every third one while all are
 * well: each question is a TLS handshake, nine tenths of what a round costs, and here as there, and
 * an apiserver that dies is watched by the daemon beside it. What they said is told on meanwhile,
 * as what was said so many rounds ago. Once one is not well all are asked in every round.
 */
public final class ApiserverLook {
  private static final int EVERY = 3;

  private final ApiserverQuestions own;
  private final List<ApiserverQuestions> others;
  private List<ApiserverSeen> seen = List.of();
  private int rounds;

  ApiserverLook(ApiserverQuestions own, List<ApiserverQuestions> others) {
    this.own = own;
    this.others = List.copyOf(others);
  }

  /** Nothing is asked yet. The others listen where the own one does, if that is with TLS. */
  public static ApiserverLook of(Master master) {
    HttpCall http = http(master.apiserver());
    URI local = master.apiserver().local();
    int port = master.apiserverPort();
    return new ApiserverLook(
        new ApiserverQuestions(master.node().name(), local, true, http),
        master.others().entrySet().stream()
            .map(
                other ->
                    new ApiserverQuestions(
                        other.getKey(), ApiserverSettings.url(other.getValue(), port), false, http))
            .toList());
  }

  /** Calls with what this host shows to apiservers. */
  static HttpCall http(ApiserverSettings settings) {
    return new HttpCall(
        new HttpCredentials(
            settings.ca(), settings.certificate(), settings.key(), settings.tokenFile(), false),
        Duration.ofSeconds(5));
  }

  /** The own one first; within five seconds. That one is sick is an answer. */
  public List<ApiserverSeen> look() throws InterruptedException {
    boolean all = rounds++ % EVERY == 0 || !seen.stream().allMatch(ApiserverSeen::well);
    List<Callable<ApiserverSeen>> questions = new ArrayList<>(List.of(own::ask));
    if (all) {
      others.forEach(other -> questions.add(other::ask));
    }
    List<ApiserverSeen> answers = new ArrayList<>(AtOnce.all("apiserver asked", questions));
    if (!all) {
      seen.stream().skip(1).map(ApiserverSeen::older).forEach(answers::add);
    }
    seen = List.copyOf(answers);
    return seen;
  }
}
