package io.hasupervisor.act;

import io.hasupervisor.act.Incident.Occurrence;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** An incident as one text for people: its facts first, then each file of evidence. */
final class IncidentText {
  /** Bytes of evidence in one text; what is missing can be read in the file that is named. */
  static final int LIMIT = 216 * 1024;

  private static final int FILES = 64;

  private IncidentText() {}

  static String of(Incident incident, IncidentFolder folder) {
    StringBuilder text = new StringBuilder();
    facts(text, incident);
    try {
      List<Path> files = folder.evidence().stream().limit(FILES).toList();
      int left = LIMIT;
      for (int i = 0; i < files.size() && left > 0; i++) {
        left -= file(text, files.get(i), left / (files.size() - i));
      }
    } catch (IOException e) {
      text.append("\nThe evidence cannot be read: ").append(e.getMessage()).append('\n');
    }
    return printable(text.toString());
  }

  private static void facts(StringBuilder text, Incident incident) {
    Occurrence first = incident.first();
    line(text, "incident", incident.id());
    line(text, "service", first.service());
    line(text, "kind", first.kind().word());
    occurrence(text, first);
    if (incident.times() > 1) {
      line(text, "times", incident.times() + ", the last one:");
      occurrence(text, incident.last());
    }
    line(text, "resolved", incident.resolvedAt().map(at -> "at " + at).orElse("not yet"));
  }

  private static void occurrence(StringBuilder text, Occurrence what) {
    line(text, "at", what.at().toString());
    line(text, "because", what.because());
    line(text, "reason", what.reason());
    what.exit().ifPresent(exit -> line(text, "exit", exit));
    what.pid().ifPresent(pid -> line(text, "pid", pid.toString()));
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(name).repeat(" ", Math.max(1, 10 - name.length())).append(value).append('\n');
  }

  /** Returns how many bytes it took. */
  private static int file(StringBuilder text, Path file, int share) throws IOException {
    byte[] content = IncidentFolder.read(file, share);
    long size = (long) Files.getAttribute(file, "size", LinkOption.NOFOLLOW_LINKS);
    text.append("\n=== ").append(file.getFileName()).append(" (").append(size).append(" bytes)\n");
    String shown = decode(content);
    text.append(shown);
    if (!shown.isEmpty() && !shown.endsWith("\n")) {
      text.append('\n');
    }
    if (size > content.length) {
      text.append("... the rest is in ").append(file).append('\n');
    }
    return content.length;
  }

  /** Never longer than its bytes, whatever they are. */
  private static String decode(byte[] content) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .replaceWith("?")
          .decode(ByteBuffer.wrap(content))
          .toString();
    } catch (CharacterCodingException e) {
      return "(no text)";
    }
  }

  /** What a service wrote into its log must not reach a terminal as a command. */
  private static String printable(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .map(point -> Character.isISOControl(point) && point != '\n' && point != '\t' ? '?' : point)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }
}
