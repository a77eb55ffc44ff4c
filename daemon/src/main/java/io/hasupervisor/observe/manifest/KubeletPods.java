package io.hasupervisor.observe.manifest;

import io.hasupervisor.observe.HttpCall;
import io.hasupervisor.observe.ProbeTarget.HttpCredentials;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks the kubelet for its pods: at the read-only port of the seed's time, and at the one with TLS,
 * where it knows us by the apiserver's client certificate. That it does not answer is an answer;
 * kubelets since 1.20 have no read-only port unless told so.
 */
public final class KubeletPods {
  private static final Duration DEADLINE = Duration.ofSeconds(2);

  /** Ample for two hundred pods; more would not fit into the daemon's memory. */
  private static final int LONGEST = 2 * 1024 * 1024;

  private record Door(URI uri, HttpCall call) {}

  private final List<Door> doors;
  private int last;

  KubeletPods(List<URI> uris, HttpCredentials credentials, Duration deadline) {
    HttpCall call = new HttpCall(credentials, deadline).within(deadline, LONGEST);
    this.doors = uris.stream().map(uri -> new Door(uri, call)).toList();
  }

  /** Of this host; nothing is connected or read yet. {@code credentials}: the directory. */
  public static KubeletPods here(Path credentials) {
    // The kubelet's own certificate is often signed by nobody; nothing secret is told to it.
    return new KubeletPods(
        List.of(
            URI.create("http://127.0.0.1:10255/pods"), URI.create("https://127.0.0.1:10250/pods")),
        new HttpCredentials(
            Optional.empty(),
            Optional.of(credentials.resolve("apiserver-kubelet-client.crt")),
            Optional.of(credentials.resolve("apiserver-kubelet-client.key")),
            Optional.empty(),
            true),
        DEADLINE);
  }

  /**
   * What it says of these pods, by {@code namespace/name}. Blocks for six seconds at most; one
   * thread at a time.
   */
  public KubeletSeen look(Set<String> pods) throws InterruptedException {
    List<String> refusals = new ArrayList<>();
    for (int i = 0; i < doors.size(); i++) {
      int at = (last + i) % doors.size();
      switch (doors.get(at).call().get(doors.get(at).uri())) {
        case HttpCall.Reply.None none -> refusals.add(none.why());
        case HttpCall.Reply.Answer answer when answer.status() != 200 ->
            refusals.add("HTTP status " + answer.status() + " from " + doors.get(at).uri());
        case HttpCall.Reply.Answer answer -> {
          try {
            KubeletSeen seen =
                new KubeletSeen(Optional.empty(), KubeletJson.read(answer.body(), pods));
            last = at;
            return seen;
          } catch (IOException e) {
            refusals.add("no list of pods from " + doors.get(at).uri());
          }
        }
      }
    }
    return KubeletSeen.unknown(String.join("; ", refusals));
  }
}
