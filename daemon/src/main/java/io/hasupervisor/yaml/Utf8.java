package io.hasupervisor.yaml;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.yaml.snakeyaml.reader.StreamReader;

/** Bytes to text that is fit to be YAML: UTF-8 without control characters. */
public final class Utf8 {
  private Utf8() {}

  /** The text without its byte order mark; empty when a flaw was found. */
  public static Optional<String> text(Path file, byte[] bytes, Flaw.Listener flaws) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    String text = out.flip().toString();
    String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
    if (result.isError()) {
      String found = "is not UTF-8: byte 0x%02X".formatted(in.get());
      flaws.found(Flaw.NOT_UTF8, after(file, content), "", found);
      return Optional.empty();
    }
    for (int i = 0; i < content.length(); i += Character.charCount(content.codePointAt(i))) {
      int point = content.codePointAt(i);
      if (!StreamReader.isPrintable(point)) {
        String found = "holds the control character U+%04X".formatted(point);
        flaws.found(Flaw.CONTROL_CHARACTER, after(file, content.substring(0, i)), "", found);
        return Optional.empty();
      }
    }
    return Optional.of(content);
  }

  private static Place after(Path file, String before) {
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    String rest = before.substring(before.lastIndexOf('\n') + 1);
    return new Place(file, line, rest.codePointCount(0, rest.length()) + 1);
  }
}
