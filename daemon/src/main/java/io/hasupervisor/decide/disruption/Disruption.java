package io.hasupervisor.decide.disruption;

import java.util.Locale;

/**
 * Something that somebody wants to do to this master.
 *
 * @param subject name of the service or manifest; empty for the host itself
 */
public record Disruption(Kind kind, String subject, Origin origin) {

  /** What is to be done. */
  public enum Kind {
    START,
    RESTART,
    STOP,
    /** Put a changed manifest in place, upon which the kubelet restarts its pod. */
    PLACE,
    REBOOT
  }

  /** Who wants it. */
  public enum Origin {
    /** This daemon, because the subject is sick or dead. */
    DAEMON,
    /** The init system, on its own account. */
    INIT,
    OPERATOR,
    /** Work that every master does in its turn. */
    ROLLING
  }

  /** Such as {@code restart docker}. */
  public String words() {
    String verb = kind.name().toLowerCase(Locale.ROOT);
    return subject.isEmpty() ? verb : verb + " " + subject;
  }
}
