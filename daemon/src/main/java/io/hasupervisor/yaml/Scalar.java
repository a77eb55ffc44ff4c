package io.hasupervisor.yaml;

import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/** Text as a scalar of YAML that every reader takes for this very text. */
public final class Scalar {
  private static final Pattern PLAIN =
      Pattern.compile("-{0,2}[A-Za-z0-9/][A-Za-z0-9._/=,@+%*?&~-]*(:[A-Za-z0-9._/=,@+%*?&~-]+)*");

  /** What is no text to readers in Go, besides what is none in YAML 1.1. */
  private static final Pattern OTHER_TO_GO =
      Pattern.compile(
          "(?i)[yn]|[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)(e[-+]?[0-9]+)?|0[xob][0-9a-f_]+");

  private Scalar() {}

  /** Whether {@code plain}, without quotation marks, is text, not a number, truth, date or null. */
  public static boolean isText(String plain) {
    return new Resolver().resolve(NodeId.scalar, plain, true).equals(Tag.STR)
        && !OTHER_TO_GO.matcher(plain).matches();
  }

  /** As the value of a key or the item of a list in block style, in quotation marks if needed. */
  public static String of(String text) {
    if (PLAIN.matcher(text).matches() && isText(text)) {
      return text;
    }
    return "'" + text.replace("'", "''") + "'";
  }

  /** Whether {@link #of} can write it: all in one line and nothing hidden. */
  public static boolean writable(String text) {
    return text.codePoints().allMatch(Quote::printable);
  }
}
