package io.hasupervisor.decide.worker;

import io.hasupervisor.observe.api.ApiAnswer;
import java.util.Optional;

/** Whether a kubelet may be pointed at what gave this answer. */
public final class Admission {
  private static final int UNAUTHORIZED = 401;

  private Admission() {}

  /**
   * Why not, what the address is or does; empty where an apiserver is up there.
   *
   * @param asKubelet the question was asked with the kubelet's own credentials
   */
  public static Optional<String> objection(ApiAnswer answer, boolean asKubelet) {
    return switch (answer) {
      case ApiAnswer.Well _ -> Optional.empty();
      case ApiAnswer.Denied denied ->
          denied.status() == UNAUTHORIZED && asKubelet
              ? Optional.of("refuses the kubelet's own credentials (401): is it another cluster's?")
              : Optional.empty();
      case ApiAnswer.Failing failing ->
          Optional.of("says that it is not well: " + failing.status() + " " + failing.said());
      case ApiAnswer.NoSuchPath _ -> Optional.of("is no apiserver: it answers 404");
      case ApiAnswer.Foreign foreign -> Optional.of("is no apiserver: " + foreign.said());
      case ApiAnswer.Silent silent -> Optional.of("does not answer: " + silent.detail());
      case ApiAnswer.NotAsked not ->
          Optional.of("could not be asked: " + not.why() + "; --ca FILE names an authority");
    };
  }
}
