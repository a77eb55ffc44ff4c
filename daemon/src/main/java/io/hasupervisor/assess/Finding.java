package io.hasupervisor.assess;

import io.hasupervisor.yaml.Place;
import java.util.Optional;

/**
 * Something that is not as it should be, and what to do about it.
 *
 * @param code stable, such as {@code MOUNT_WITHOUT_VOLUME}; for scripts and searches
 * @param subject what it is about: a manifest's name, a file, an address
 * @param place where a person must look, where a file has lines
 * @param text one sentence: what is so, and what comes of it
 * @param cure one sentence: what to do
 */
public record Finding(
    String code,
    Severity severity,
    String subject,
    Optional<Place> place,
    String text,
    String cure) {

  /** How bad it is. */
  public enum Severity {
    /** Good to know; nothing breaks. */
    ADVICE,
    /** Will hurt later, or in one case of some. */
    WARNING,
    /** Broken, or would break: nothing is placed with it. */
    CRITICAL
  }

  /** A finding about a whole thing rather than a line. */
  public static Finding of(
      String code, Severity severity, String subject, String text, String cure) {
    return new Finding(code, severity, subject, Optional.empty(), text, cure);
  }
}
