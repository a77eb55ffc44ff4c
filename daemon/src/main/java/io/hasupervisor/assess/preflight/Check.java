package io.hasupervisor.assess.preflight;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.yaml.Place;
import java.util.List;

/**
 * One line of a preflight.
 *
 * @param code of the finding; {@code OK} or {@code NOT_CHECKED} where there is none
 * @param subject what it is about; may be empty where the area says it
 * @param text what is so, and what comes of it
 * @param cure what to do; empty where all is well
 */
public record Check(
    Area area, String code, Result result, String subject, String text, String cure) {

  /** How it went. The published word is in lower case with a hyphen. */
  public enum Result {
    OK,
    /** Good to know; nothing breaks. */
    ADVICE,
    /** It works, but will hurt later or in one case of some. */
    WARNING,
    /** This host cannot be a master like this. */
    FAILED,
    /** Nobody could look; the text says why. */
    NOT_CHECKED
  }

  /** All is well. */
  public static Check ok(Area area, String subject, String text) {
    return new Check(area, "OK", Result.OK, subject, text, "");
  }

  /** Nobody could look. */
  public static Check notChecked(Area area, String subject, String why, String cure) {
    return new Check(area, "NOT_CHECKED", Result.NOT_CHECKED, subject, why, cure);
  }

  /** What a rule found; where it is in a file is part of the text. */
  public static Check of(Area area, Finding finding) {
    String where = finding.place().map(Check::where).orElse("");
    return new Check(
        area,
        finding.code(),
        switch (finding.severity()) {
          case ADVICE -> Result.ADVICE;
          case WARNING -> Result.WARNING;
          case CRITICAL -> Result.FAILED;
        },
        finding.subject(),
        where + finding.text(),
        finding.cure());
  }

  /** What rules found, or the one line that says that they found nothing. */
  public static List<Check> of(Area area, List<Finding> findings, Check well) {
    return findings.isEmpty()
        ? List.of(well)
        : findings.stream().map(finding -> of(area, finding)).toList();
  }

  private static String where(Place place) {
    return place.line() == 0 ? "" : place.file() + ":" + place.line() + ": ";
  }
}
