package io.hasupervisor.assess.masters;

import java.time.Duration;
import java.util.List;

/**
 * Something that is not the same on all masters that speak.
 *
 * @param what the name of a secret's file, else empty
 * @param since monotonic time since which they are known to differ, whoever it was
 * @param sides at least two, the largest first
 */
public record Difference(Kind kind, String what, Duration since, List<Side> sides) {
  public Difference {
    sides = List.copyOf(sides);
  }

  /** What differs. */
  public enum Kind {
    /** A file that all masters must share. */
    SECRET,
    /** The version of ha-supervisor. */
    SUPERVISOR,
    /** The version of etcd. */
    ETCD,
    /** The revision of the manifests; each host counts its own. */
    MANIFESTS
  }

  /**
   * Masters that agree.
   *
   * @param value what they have; of a secret its keyed fingerprint, or {@code none}
   */
  public record Side(String value, List<String> masters) {
    public Side {
      masters = List.copyOf(masters);
    }
  }

  /** The same thing at another time. */
  boolean sameAs(Difference other) {
    return kind == other.kind && what.equals(other.what);
  }

  Difference since(Duration when) {
    return new Difference(kind, what, when, sides);
  }
}
