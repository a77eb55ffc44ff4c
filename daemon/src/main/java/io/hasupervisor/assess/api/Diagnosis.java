package io.hasupervisor.assess.api;

import static io.hasupervisor.assess.api.ApiserverState.DOWN;
import static io.hasupervisor.assess.api.ApiserverState.ETCD_FAILS;
import static io.hasupervisor.assess.api.ApiserverState.FOREIGN;
import static io.hasupervisor.assess.api.ApiserverState.HEALTHY;
import static io.hasupervisor.assess.api.ApiserverState.HUNG;
import static io.hasupervisor.assess.api.ApiserverState.NOT_READY;
import static io.hasupervisor.assess.api.ApiserverState.SICK;
import static io.hasupervisor.assess.api.ApiserverState.UNREACHABLE;
import static io.hasupervisor.assess.api.ApiserverState.UNTRUSTED;
import static io.hasupervisor.assess.api.ApiserverState.UP;

import io.hasupervisor.observe.api.ApiAnswer;
import io.hasupervisor.observe.api.ApiAnswer.Denied;
import io.hasupervisor.observe.api.ApiAnswer.Failing;
import io.hasupervisor.observe.api.ApiAnswer.Foreign;
import io.hasupervisor.observe.api.ApiAnswer.NoSuchPath;
import io.hasupervisor.observe.api.ApiAnswer.NotAsked;
import io.hasupervisor.observe.api.ApiAnswer.Silent;
import io.hasupervisor.observe.api.ApiAnswer.Well;
import io.hasupervisor.observe.api.ApiserverSeen;
import java.util.Optional;

/**
 * What the answers of one round mean, whatever was before.
 *
 * @param why part of a sentence
 * @param cause what of etcd is behind it, as part of a sentence; empty where nothing is
 */
record Diagnosis(ApiserverState state, String why, String cause) {

  private static Diagnosis of(ApiserverState state, String why) {
    return new Diagnosis(state, why, "");
  }

  /** Empty where it could not be asked. */
  static Optional<Diagnosis> of(ApiserverSeen seen, EtcdBehind etcd) {
    return switch (seen.live()) {
      case NotAsked _ -> Optional.empty();
      case Well _ -> Optional.of(ready(seen, etcd));
      case Denied denied ->
          Optional.of(of(UP, "it answers " + denied.status() + ": it serves, but not this daemon"));
      case Failing failing -> Optional.of(failing(SICK, "", failing, seen.etcd(), etcd));
      case NoSuchPath _ -> Optional.of(of(FOREIGN, "it knows neither /livez nor /healthz"));
      case Foreign foreign -> Optional.of(of(FOREIGN, said(foreign.status(), foreign.said())));
      case Silent silent -> Optional.of(silent(silent, etcd));
    };
  }

  /** It lives; whether it is ready only informs. */
  private static Diagnosis ready(ApiserverSeen seen, EtcdBehind etcd) {
    return switch (seen.ready()) {
      case Failing failing ->
          failing(NOT_READY, "it lives, and is not ready: ", failing, seen.etcd(), etcd);
      case Silent silent ->
          of(NOT_READY, "it lives, and does not tell whether it is ready: " + silent.detail());
      case Well _, Denied _, NoSuchPath _, Foreign _, NotAsked _ ->
          of(HEALTHY, "it says that it is well");
    };
  }

  /** Etcd's fault where it says so itself, or where etcd does not work. */
  private static Diagnosis failing(
      ApiserverState otherwise, String lead, Failing failing, ApiAnswer check, EtcdBehind etcd) {
    String why =
        lead
            + (failing.checks().isEmpty()
                ? said(failing.status(), failing.said())
                : "status "
                    + failing.status()
                    + ", failed: "
                    + String.join(", ", failing.checks()));
    boolean named = failing.checks().stream().anyMatch(name -> name.startsWith("etcd"));
    if (named || check instanceof Failing) {
      return new Diagnosis(ETCD_FAILS, why, etcd.unreached());
    }
    return etcd.fails(check) ? new Diagnosis(ETCD_FAILS, why, etcd.words()) : of(otherwise, why);
  }

  private static Diagnosis silent(Silent silent, EtcdBehind etcd) {
    String why = silent.detail();
    return switch (silent.symptom()) {
      case REFUSED -> new Diagnosis(DOWN, why, etcd.ends());
      case TLS_FAILED -> of(UNTRUSTED, why);
      case TIMED_OUT, CLOSED, GARBAGE -> {
        if (!silent.connected()) {
          yield new Diagnosis(UNREACHABLE, why, etcd.cutOff());
        }
        // An old one waits for etcd as long as that is silent, and answers nobody meanwhile.
        yield etcd.fails(silent) ? new Diagnosis(ETCD_FAILS, why, etcd.words()) : of(HUNG, why);
      }
      case UNREACHABLE, NO_SOCKET, BAD_STATUS, BAD_BODY, BAD_EXIT, NO_PROCESS, ZOMBIE, STOP_HANGS ->
          new Diagnosis(UNREACHABLE, why, etcd.cutOff());
    };
  }

  private static String said(int status, String words) {
    if (status == 0) {
      return words;
    }
    return "status " + status + (words.isEmpty() ? "" : ": " + words);
  }
}
