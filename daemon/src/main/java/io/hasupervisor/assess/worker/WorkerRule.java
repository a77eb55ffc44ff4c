package io.hasupervisor.assess.worker;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.observe.api.ApiAnswer;
import io.hasupervisor.observe.worker.ServerUrl;
import io.hasupervisor.observe.worker.WorkerRound;
import io.hasupervisor.observe.worker.WorkerRound.Validity;
import io.hasupervisor.yaml.Quote;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges a look at a worker's way to the apiservers. Nothing is restarted on its word: a kubelet
 * keeps its pods running without apiservers, and comes back to them by itself.
 */
public final class WorkerRule {
  /** Looks in a row without an apiserver that are believed. */
  public static final int BELIEVED = 2;

  private final Optional<String> configured;
  private final WorkerRound round;
  private final Pointer pointer;
  private final List<Finding> findings = new ArrayList<>();

  private WorkerRule(Optional<String> configured, WorkerRound round) {
    this.configured = configured;
    this.round = round;
    this.pointer = Pointer.of(round.kubelet());
  }

  /** A judgement, and what the next one has to know. */
  public record Judgement(WorkerHistory next, WorkerView view) {}

  /**
   * Judges one look.
   *
   * @param configured the load balancer's URL; empty: wherever the kubelet is pointed is right
   */
  public static Judgement judge(
      WorkerHistory history, Optional<String> configured, WorkerRound round, Duration now) {
    return new WorkerRule(configured, round).judge(history, now);
  }

  private Judgement judge(WorkerHistory history, Duration now) {
    int failed = failed() ? history.failed() + 1 : 0;
    WorkerHistory next = history.then(state(history, failed), failed, now);
    pointed();
    unreached(next);
    certificate();
    return new Judgement(
        next, new WorkerView(next.state(), Quote.bare(points()), next.since(), why(), findings));
  }

  private boolean failed() {
    return switch (round.answer()) {
      case ApiAnswer.Well _, ApiAnswer.Denied _, ApiAnswer.NotAsked _ -> false;
      case ApiAnswer.Failing _, ApiAnswer.NoSuchPath _, ApiAnswer.Foreign _, ApiAnswer.Silent _ ->
          true;
    };
  }

  private WorkerState state(WorkerHistory history, int failed) {
    if (failed > 0) {
      return failed >= BELIEVED ? WorkerState.UNREACHED : history.state();
    }
    return round.answer() instanceof ApiAnswer.NotAsked ? WorkerState.UNKNOWN : WorkerState.REACHED;
  }

  private String points() {
    return pointer.url().map(ServerUrl::toString).or(pointer::written).orElse("");
  }

  private String why() {
    return switch (round.answer()) {
      case ApiAnswer.Well _ -> "an apiserver answers there";
      case ApiAnswer.Denied denied ->
          "an apiserver answers there (" + denied.status() + ": up, and we may not ask)";
      case ApiAnswer.NotAsked not ->
          pointer instanceof Pointer.Unclear unclear ? unclear.why() : not.why();
      case ApiAnswer.Failing failing -> "it says that it is not well: " + failing.status();
      case ApiAnswer.NoSuchPath _ -> "what answers there is no apiserver: 404";
      case ApiAnswer.Foreign foreign -> "what answers there is no apiserver: " + foreign.said();
      case ApiAnswer.Silent silent -> silent.detail();
    };
  }

  private void pointed() {
    if (pointer instanceof Pointer.Unclear unclear) {
      add(
          "KUBELET_POINTER_UNCLEAR",
          Severity.WARNING,
          Pointer.shown(unclear.place()) + ": " + unclear.why(),
          unclear.cure());
      return;
    }
    Optional<ServerUrl> wanted = configured.flatMap(ServerUrl::parse);
    if (wanted.isPresent() && !wanted.equals(pointer.url())) {
      add(
          "KUBELET_POINTS_ELSEWHERE",
          Severity.WARNING,
          "%s points the kubelet at %s, and worker.apiserver is %s: it is lost with that one"
              .formatted(
                  Pointer.shown(Pointer.place(pointer)),
                  Quote.bare(pointer.written().orElse("")),
                  wanted.get()),
          "ha-supervisor worker join --apiserver " + wanted.get());
    }
  }

  private void unreached(WorkerHistory next) {
    if (next.state() == WorkerState.UNREACHED) {
      add(
          "API_UNREACHED",
          Severity.WARNING,
          "no apiserver answers at %s (%s): pods go on here, and nothing changes them"
              .formatted(points(), why()),
          "look at the load balancer and at the masters: ha-supervisor status on each; the kubelet"
              + " comes back by itself");
    }
  }

  private void certificate() {
    Optional<Validity> client = round.client();
    if (client.isEmpty()) {
      return;
    }
    Instant until = client.get().until();
    Duration left = Duration.between(round.at(), until);
    Duration life = Duration.between(client.get().from(), until);
    if (!left.isPositive()) {
      add(
          "KUBELET_CLIENT_EXPIRED",
          Severity.CRITICAL,
          "the kubelet's client certificate ended at " + until + ": no apiserver takes it",
          "join the node anew: kubeadm token create --print-join-command, on a master");
    } else if (left.compareTo(life.dividedBy(10)) < 0) {
      // The kubelet renews it when 70 to 90 % of its life are over.
      add(
          "KUBELET_CLIENT_EXPIRES",
          Severity.WARNING,
          "the kubelet's client certificate ends at " + until + ", and was not renewed in time",
          "see why, on a master: kubectl get csr");
    }
  }

  private void add(String code, Severity severity, String text, String cure) {
    findings.add(Finding.of(code, severity, round.kubelet().service(), text, cure));
  }
}
