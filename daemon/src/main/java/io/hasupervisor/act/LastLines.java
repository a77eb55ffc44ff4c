package io.hasupervisor.act;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;

/** The end of a command's output, fit for one sentence. */
public final class LastLines {
  /** Bytes read at most, from the end. */
  public static final int LIMIT = 4096;

  private static final int LINES = 3;
  private static final int LENGTH = 300;

  private LastLines() {}

  /** Of a file; empty where it cannot be read. */
  public static String of(Path file) {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      ByteBuffer end = ByteBuffer.allocate(LIMIT);
      channel.read(end, Math.max(0, channel.size() - LIMIT));
      return of(new String(end.array(), 0, end.position(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return "";
    }
  }

  /** Of a text: without control characters, its lines joined by slashes. */
  public static String of(String text) {
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    String joined =
        lines.subList(Math.max(0, lines.size() - LINES), lines.size()).stream()
            .map(line -> line.replaceAll("\\p{Cntrl}", " ").strip())
            .collect(Collectors.joining(" / "));
    return joined.substring(Math.max(0, joined.length() - LENGTH));
  }
}
