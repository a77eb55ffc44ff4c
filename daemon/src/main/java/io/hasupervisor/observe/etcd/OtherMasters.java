package io.hasupervisor.observe.etcd;

import io.hasupervisor.cluster.Master;
import io.hasupervisor.observe.HttpCall;
import io.hasupervisor.observe.HttpCall.Reply;
import io.hasupervisor.observe.ProbeTarget.HttpCredentials;
import io.hasupervisor.observe.etcd.Asking.Open;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * E8: the apiservers of the other masters, asked by their own addresses and never through the load
 * balancer, which may lead back to this host. Their certificates are checked by the cluster's
 * authority.
 */
final class OtherMasters {
  private static final int LONGEST = 4 * 1024;

  /** What is left of a round once the own member has failed to answer. */
  private static final Duration LIMIT = Duration.ofSeconds(3);

  private final HttpCall http;
  private final List<Map.Entry<String, Endpoint>> apiservers;

  /**
   * Asks these.
   *
   * @param apiservers by the master's name
   */
  OtherMasters(Path authority, List<Map.Entry<String, Endpoint>> apiservers) {
    HttpCredentials credentials =
        new HttpCredentials(
            Optional.of(authority), Optional.empty(), Optional.empty(), Optional.empty(), false);
    this.http = new HttpCall(credentials, LIMIT);
    this.apiservers = apiservers;
  }

  /** All but this one. */
  static OtherMasters of(Master master) {
    return new OtherMasters(
        master.credentials().directory().resolve("ca.crt"),
        master.others().entrySet().stream()
            .map(
                other ->
                    Map.entry(
                        other.getKey(),
                        new Endpoint(true, other.getValue(), master.apiserverPort())))
            .toList());
  }

  /** By the master's name. */
  List<Map.Entry<String, Endpoint>> apiservers() {
    return apiservers;
  }

  /** The name of one that says that all is well; all are asked at once. */
  Answer<String> first(Asking asking) throws InterruptedException {
    List<Open<String>> open =
        apiservers.stream().map(each -> asking.ask(() -> healthy(each))).toList();
    Answer<String> last = new Answer.NotAsked<>("there is no other master");
    for (Open<String> each : open) {
      last = asking.answer(each);
      if (last.ok()) {
        return last;
      }
    }
    return last;
  }

  /**
   * The master's name, where its apiserver says that all is well. One that lets nobody in without
   * credentials (401, 403) runs, but proves nothing of etcd.
   */
  private Answer<String> healthy(Map.Entry<String, Endpoint> master) throws InterruptedException {
    return HttpQuestion.ask(
        master.getValue(),
        http,
        LIMIT,
        question -> {
          Reply.Answer answer = question.get("/healthz", LONGEST);
          if (!answer.body().strip().equals("ok")) {
            throw new NotEtcd("no apiserver at " + master.getKey());
          }
          return master.getKey();
        });
  }
}
