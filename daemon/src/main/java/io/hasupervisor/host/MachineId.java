package io.hasupervisor.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Names this host among all others, over reboots: machine-id(5).
 *
 * @param value 32 hexadecimal digits; empty where the host has none
 */
public record MachineId(String value) {
  private static final Path FILE = Path.of("/etc/machine-id");
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");
  private static final int LIMIT = 4096;

  /** This host's. Never throws. */
  public static MachineId read() {
    return read(FILE);
  }

  static MachineId read(Path file) {
    try {
      String text = new String(WholeFile.read(file, LIMIT), StandardCharsets.US_ASCII).strip();
      return new MachineId(FORM.matcher(text).matches() ? text : "");
    } catch (IOException e) {
      return new MachineId("");
    }
  }
}
