package io.hasupervisor.decide.backup;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;

/**
 * Why no backup is made.
 *
 * @param code stable
 * @param text one sentence: what is so
 * @param cure one sentence: what to do
 */
public record Refusal(String code, String text, String cure) {

  /** As something that is not as it should be. */
  public Finding finding(Severity severity, String subject) {
    return Finding.of(code, severity, subject, text, cure);
  }
}
