package io.hasupervisor.assess.manifest;

import io.hasupervisor.yaml.Value.Text;
import java.util.regex.Pattern;

/** What a scalar becomes on its way through the kubelet, which reads YAML 1.1 as Go's yaml.v2. */
enum ScalarType {
  NOTHING("nothing"),
  BOOL("true or false"),
  INT("a number"),
  FLOAT("a number"),
  STRING("a text");

  private static final Pattern BOOLS =
      Pattern.compile(
          "y|Y|n|N|([Yy]es|YES|[Nn]o|NO|[Tt]rue|TRUE|[Ff]alse|FALSE|[Oo]n|ON|[Oo]ff|OFF)");
  private static final Pattern INTS =
      Pattern.compile("[-+]?(0|[1-9][0-9_]*|0[xX][0-9a-fA-F_]+|0[oO]?[0-7_]+|0[bB][01_]+)");
  private static final Pattern FLOATS =
      Pattern.compile(
          "[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

  private final String words;

  ScalarType(String words) {
    this.words = words;
  }

  /** For messages. */
  String words() {
    return words;
  }

  static ScalarType of(Text scalar) {
    String text = scalar.text();
    if (!scalar.plain()) {
      return STRING;
    } else if (text.isEmpty() || text.equals("~") || text.matches("null|Null|NULL")) {
      return NOTHING;
    } else if (BOOLS.matcher(text).matches()) {
      return BOOL;
    } else if (INTS.matcher(text).matches()) {
      return INT;
    }
    return FLOATS.matcher(text).matches() ? FLOAT : STRING;
  }
}
