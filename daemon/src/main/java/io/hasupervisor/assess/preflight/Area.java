package io.hasupervisor.assess.preflight;

import java.util.Locale;

/** What a check is about, in the order in which a person would cure it. */
public enum Area {
  CONFIGURATION,
  DAEMON,
  KUBELET,
  RUNTIME,
  IMAGES,
  PORTS,
  NAMES,
  MASTERS,
  CLOCK,
  HOST,
  CREDENTIALS,
  MANIFESTS,
  KERNEL,
  SUPERVISORS,
  /** Whether the kubelet runs: last, for all of the above must be so before it can. */
  START;

  /** As it is shown: in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
