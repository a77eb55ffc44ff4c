package io.hasupervisor.observe.worker;

import io.hasupervisor.host.Entries;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** TCP connections of a process, as {@code /proc} shows them (proc(5)). */
public final class Connections {
  /** {@code TCP_ESTABLISHED} of the kernel's {@code tcp_states.h}. */
  private static final String ESTABLISHED = "01";

  private static final Pattern SOCKET = Pattern.compile("socket:\\[(\\d+)]");

  private Connections() {}

  /**
   * Whether the process or one that it started has an established connection to one of these
   * addresses at this port.
   *
   * @throws IOException where the process is gone, or is not ours to look at
   */
  public static boolean reach(long pid, Collection<InetAddress> addresses, int port)
      throws IOException {
    Set<String> inodes = new HashSet<>(inodes(pid));
    ProcessHandle.of(pid).stream()
        .flatMap(ProcessHandle::descendants)
        .forEach(
            child -> {
              try {
                inodes.addAll(inodes(child.pid()));
              } catch (IOException e) {
                // It has just ended.
              }
            });
    for (String table : List.of("tcp", "tcp6")) {
      Path file = Path.of("/proc", Long.toString(pid), "net", table);
      if (Files.exists(file)
          && Files.readAllLines(file, StandardCharsets.US_ASCII).stream()
              .skip(1)
              .anyMatch(line -> leads(line, inodes, addresses, port))) {
        return true;
      }
    }
    return false;
  }

  private static Set<String> inodes(long pid) throws IOException {
    Set<String> inodes = new HashSet<>();
    for (Path descriptor : Entries.of(Path.of("/proc", Long.toString(pid), "fd"))) {
      try {
        Matcher socket = SOCKET.matcher(Files.readSymbolicLink(descriptor).toString());
        if (socket.matches()) {
          inodes.add(socket.group(1));
        }
      } catch (IOException e) {
        // Closed meanwhile.
      }
    }
    return inodes;
  }

  /**
   * Whether a line of the table is such a connection; columns: local, remote, state, ..., inode.
   */
  static boolean leads(
      String line, Set<String> inodes, Collection<InetAddress> addresses, int port) {
    String[] columns = line.strip().split("\\s+", -1);
    if (columns.length < 10 || !columns[3].equals(ESTABLISHED) || !inodes.contains(columns[9])) {
      return false;
    }
    int colon = columns[2].indexOf(':');
    return colon > 0
        && Integer.parseInt(columns[2].substring(colon + 1), 16) == port
        && addresses.contains(address(columns[2].substring(0, colon)));
  }

  /** Words of 32 bits, each in the order of this machine's bytes. */
  private static InetAddress address(String hexadecimal) {
    byte[] shown = HexFormat.of().parseHex(hexadecimal);
    boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    byte[] bytes = new byte[shown.length];
    for (int i = 0; i < shown.length; i++) {
      bytes[i] = shown[little ? i / 4 * 4 + 3 - i % 4 : i];
    }
    try {
      // An IPv4 address within IPv6 becomes one of IPv4.
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(hexadecimal, e);
    }
  }
}
