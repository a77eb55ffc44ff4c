package io.hasupervisor.monit;

import java.util.Locale;
import java.util.Set;

/**
 * One word of a control file.
 *
 * @param text without its quotation marks
 */
record Token(Origin at, Form form, String text) {
  /** How it was written. */
  enum Form {
    WORD,
    QUOTED,
    /** A comma, a colon within braces, a brace or a percent sign. */
    MARK,
    /** What stood in square brackets or was the text of a mail. */
    RAW
  }

  /** Whether it is this keyword or mark; keywords have no case and no quotation marks. */
  boolean is(String keyword) {
    return word().equals(keyword);
  }

  boolean in(Set<String> keywords) {
    return keywords.contains(word());
  }

  /** The keyword or mark that it may be, in small letters; empty if it can be none. */
  String word() {
    return form == Form.WORD || form == Form.MARK ? text.toLowerCase(Locale.ROOT) : "";
  }

  /** Whether it can stand for a name, a path or a number. */
  boolean value() {
    return form == Form.WORD || form == Form.QUOTED;
  }

  boolean number() {
    return form == Form.WORD && text.matches("[0-9]{1,9}");
  }
}
