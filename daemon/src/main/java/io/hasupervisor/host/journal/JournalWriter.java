package io.hasupervisor.host.journal;

import io.hasupervisor.host.UnixDatagram;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import org.tinylog.Level;
import org.tinylog.core.LogEntry;
import org.tinylog.core.LogEntryValue;
import org.tinylog.writers.Writer;

/**
 * Writes log entries to the journal's native socket: every entry of tinylog's thread context
 * becomes a field, such as {@code service} HA_SUPERVISOR_SERVICE. tinylog finds it by the name
 * {@code journal} and makes it by its constructor.
 */
public final class JournalWriter implements Writer {
  static final String SOCKET = "/run/systemd/journal/socket";

  /**
   * What goes to standard error while the journal's socket is gone. Standard error leads to the
   * same journal: more than its buffer holds would stop this daemon.
   */
  private static final int SPILL_LIMIT = 64 * 1024;

  private final String socket;
  private final PrintStream spill;
  private int spilled;
  private int dropped;

  /**
   * @param properties {@code socket}: path of the journal's socket
   */
  public JournalWriter(Map<String, String> properties) {
    this(properties.getOrDefault("socket", SOCKET), System.err);
  }

  JournalWriter(String socket, PrintStream spill) {
    this.socket = socket;
    this.spill = spill;
  }

  @Override
  public Collection<LogEntryValue> getRequiredLogEntryValues() {
    return EnumSet.of(
        LogEntryValue.LEVEL,
        LogEntryValue.MESSAGE,
        LogEntryValue.EXCEPTION,
        LogEntryValue.CONTEXT,
        LogEntryValue.CLASS,
        LogEntryValue.METHOD,
        LogEntryValue.FILE,
        LogEntryValue.LINE);
  }

  @Override
  public synchronized void write(LogEntry entry) {
    String message = message(entry);
    try {
      UnixDatagram.send(socket, fields(entry, message).toBytes());
      spilled = 0;
      tellDropped();
    } catch (IOException e) {
      spill(message);
    }
  }

  private static JournalEntry fields(LogEntry entry, String message) {
    JournalEntry fields =
        new JournalEntry()
            .with("MESSAGE", message)
            .with("PRIORITY", Integer.toString(priority(entry.getLevel())))
            .with("SYSLOG_IDENTIFIER", "ha-supervisor")
            .with("CODE_FILE", String.valueOf(entry.getFileName()))
            .with("CODE_LINE", Integer.toString(entry.getLineNumber()))
            .with("CODE_FUNC", entry.getClassName() + "." + entry.getMethodName());
    entry.getContext().forEach((name, value) -> fields.with("HA_SUPERVISOR_" + name, value));
    return fields;
  }

  private static String message(LogEntry entry) {
    StringWriter text = new StringWriter();
    if (entry.getMessage() != null) {
      text.append(entry.getMessage());
    }
    if (entry.getException() != null) {
      text.append(text.getBuffer().isEmpty() ? "" : ": ");
      entry.getException().printStackTrace(new PrintWriter(text, true));
    }
    return text.toString().stripTrailing();
  }

  /** syslog(3) severities. */
  private static int priority(Level level) {
    return switch (level) {
      case ERROR -> 3;
      case WARN -> 4;
      case INFO -> 6;
      case DEBUG, TRACE, OFF -> 7;
    };
  }

  private void spill(String message) {
    spilled += message.length();
    if (spilled < SPILL_LIMIT) {
      spill.println(message);
    } else {
      dropped++;
    }
  }

  private void tellDropped() throws IOException {
    if (dropped > 0) {
      String message = dropped + " log entries were dropped while the journal did not take them";
      UnixDatagram.send(
          socket,
          new JournalEntry()
              .with("MESSAGE", message)
              .with("PRIORITY", "4")
              .with("SYSLOG_IDENTIFIER", "ha-supervisor")
              .toBytes());
      dropped = 0;
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
