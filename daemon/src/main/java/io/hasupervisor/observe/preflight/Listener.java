package io.hasupervisor.observe.preflight;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A TCP port of this host on which somebody listens.
 *
 * @param address in its one form
 * @param holder empty where its process cannot be seen
 */
public record Listener(String address, Scope scope, int port, Optional<Holder> holder) {

  /** Who reaches it. */
  public enum Scope {
    /** It listens on all addresses of the host. */
    ALL,
    LOOPBACK,
    /** On one address that others may reach. */
    ONE
  }

  private static final String LISTENING = "0A";

  /** Fields of a line of /proc/net/tcp (proc(5)). */
  private static final int LOCAL = 1;

  private static final int STATE = 3;
  private static final int INODE = 9;

  /** A line of the kernel's table. */
  private record Line(InetAddress address, int port, String inode) {}

  /**
   * Those on {@code ports}, with the processes that have them.
   *
   * @param proc where /proc is mounted
   * @throws IOException where the kernel's table cannot be read
   */
  public static List<Listener> look(Path proc, Set<Integer> ports) throws IOException {
    List<Line> lines = new ArrayList<>(table(proc.resolve("net/tcp")));
    if (Files.exists(proc.resolve("net/tcp6"))) {
      lines.addAll(table(proc.resolve("net/tcp6")));
    }
    lines.removeIf(line -> !ports.contains(line.port()));
    Map<String, Holder> holders = lines.isEmpty() ? Map.of() : holders(proc, lines);
    return lines.stream()
        .map(line -> of(line, Optional.ofNullable(holders.get("socket:[" + line.inode() + "]"))))
        .toList();
  }

  private static List<Line> table(Path file) throws IOException {
    return parse(Files.readString(file, StandardCharsets.ISO_8859_1));
  }

  static List<Listener> unheld(String table) {
    return parse(table).stream().map(line -> of(line, Optional.empty())).toList();
  }

  private static Listener of(Line line, Optional<Holder> holder) {
    InetAddress address = line.address();
    return new Listener(
        address.getHostAddress(),
        address.isAnyLocalAddress()
            ? Scope.ALL
            : address.isLoopbackAddress() ? Scope.LOOPBACK : Scope.ONE,
        line.port(),
        holder);
  }

  private static List<Line> parse(String table) {
    List<Line> lines = new ArrayList<>();
    for (String text : table.lines().skip(1).toList()) {
      String[] fields = text.strip().split("\\s+", -1);
      if (fields.length > INODE && fields[STATE].equals(LISTENING)) {
        int colon = fields[LOCAL].indexOf(':');
        lines.add(
            new Line(
                address(fields[LOCAL].substring(0, colon)),
                Integer.parseInt(fields[LOCAL].substring(colon + 1), 16),
                fields[INODE]));
      }
    }
    return lines;
  }

  /** Words of 32 bits, each in the host's byte order. */
  private static InetAddress address(String hex) {
    ByteBuffer words = ByteBuffer.wrap(HexFormat.of().parseHex(hex)).order(ByteOrder.BIG_ENDIAN);
    ByteBuffer address = ByteBuffer.allocate(words.capacity()).order(ByteOrder.nativeOrder());
    while (words.hasRemaining()) {
      address.putInt(words.getInt());
    }
    try {
      return InetAddress.getByAddress(address.array());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes", e);
    }
  }

  private static Map<String, Holder> holders(Path proc, List<Line> lines) throws IOException {
    Map<String, Holder> holders = new HashMap<>();
    Set<String> wanted = new java.util.HashSet<>();
    lines.forEach(line -> wanted.add("socket:[" + line.inode() + "]"));
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[1-9]*")) {
      for (Path process : processes) {
        for (String socket : sockets(process, wanted)) {
          // A worker may share its parent's socket: the lowest pid, so that it is always the same.
          holders.merge(
              socket,
              Holder.of(process, Long.parseLong(process.getFileName().toString())),
              (one, two) -> one.pid() < two.pid() ? one : two);
        }
      }
    }
    return holders;
  }

  private static List<String> sockets(Path process, Set<String> wanted) {
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : descriptors) {
        String target = target(descriptor);
        if (wanted.contains(target)) {
          found.add(target);
        }
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      // Ended meanwhile, or not ours to read.
      return found;
    }
    return found;
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return "";
    }
  }
}
