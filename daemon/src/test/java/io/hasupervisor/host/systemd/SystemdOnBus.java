package io.hasupervisor.host.systemd;

import io.hasupervisor.host.process.RealProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.annotations.DBusInterfaceName;
import org.freedesktop.dbus.bin.EmbeddedDBusDaemon;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.exceptions.DBusExecutionException;
import org.freedesktop.dbus.interfaces.DBusInterface;
import org.freedesktop.dbus.interfaces.Properties;
import org.freedesktop.dbus.types.Variant;

/** A bus in this process with a systemd on it that knows one unit, {@code k.service}. */
final class SystemdOnBus implements AutoCloseable {
  static final String UNIT_PATH = "/org/freedesktop/systemd1/unit/k_2eservice";

  /** Orders as they came. */
  final BlockingQueue<String> calls = new LinkedBlockingQueue<>();

  final Map<String, Variant<?>> properties = new ConcurrentHashMap<>();

  private final Path socket;
  private final EmbeddedDBusDaemon bus;
  private final DBusConnection systemd;

  /**
   * @param socket comes into being once systemd is on the bus: who connects earlier would be told
   *     that systemd came, and begin anew
   */
  SystemdOnBus(Path socket) throws DBusException, IOException {
    this.socket = socket;
    Path unknown = socket.resolveSibling(socket.getFileName() + ".unknown");
    String address = "unix:path=" + unknown;
    bus = new EmbeddedDBusDaemon(address + ",listen=true");
    bus.startInBackgroundAndWait(60_000);
    // It listens before it runs, and hangs up on whoever comes between.
    RealProcesses.until(bus::isRunning);
    systemd = DBusConnectionBuilder.forAddress(address).withShared(false).build();
    systemd.exportObject("/org/freedesktop/systemd1", new ManagerObject());
    systemd.exportObject(UNIT_PATH, new UnitObject());
    systemd.requestBusName("org.freedesktop.systemd1");
    Files.move(unknown, socket);
  }

  /** Says that the unit has changed. */
  void announce() throws DBusException {
    systemd.sendMessage(
        new Properties.PropertiesChanged(
            UNIT_PATH, "org.freedesktop.systemd1.Unit", Map.of(), List.of()));
  }

  /** Nobody who has lost this bus finds it again. */
  @Override
  public void close() throws IOException {
    Files.delete(socket);
    systemd.disconnect();
    bus.close();
  }

  /** The methods that are called. */
  @DBusInterfaceName("org.freedesktop.systemd1.Manager")
  public interface Manager extends DBusInterface {
    void Subscribe();

    void RefUnit(String unit);

    void Reload();

    DBusPath StartUnit(String unit, String mode);

    DBusPath RestartUnit(String unit, String mode);

    void KillUnit(String unit, String who, int signal);
  }

  /** One property after the other would not be consistent: only all of them are told. */
  @DBusInterfaceName("org.freedesktop.DBus.Properties")
  public interface AllProperties extends DBusInterface {
    Map<String, Variant<?>> GetAll(String type);
  }

  private final class ManagerObject implements Manager, AllProperties {
    @Override
    public Map<String, Variant<?>> GetAll(String type) {
      return Map.of("Version", new Variant<>("252.39-1~deb12u2"));
    }

    @Override
    public void Reload() {
      calls.add("Reload");
    }

    @Override
    public void Subscribe() {
      calls.add("Subscribe");
    }

    @Override
    public void RefUnit(String unit) {
      calls.add("RefUnit " + unit);
    }

    @Override
    public DBusPath StartUnit(String unit, String mode) {
      calls.add("StartUnit " + unit + " " + mode);
      if (!unit.equals("k.service")) {
        throw new NoSuchUnit("Unit " + unit + " not found.");
      }
      return new DBusPath("/org/freedesktop/systemd1/job/1");
    }

    @Override
    public DBusPath RestartUnit(String unit, String mode) {
      calls.add("RestartUnit " + unit + " " + mode);
      return new DBusPath("/org/freedesktop/systemd1/job/1");
    }

    @Override
    public void KillUnit(String unit, String who, int signal) {
      calls.add("KillUnit " + unit + " " + who + " " + signal);
    }

    @Override
    public String getObjectPath() {
      return "/org/freedesktop/systemd1";
    }
  }

  /** dbus-java sends the class as the error's name. */
  private static final class NoSuchUnit extends DBusExecutionException {
    private static final long serialVersionUID = 1;

    NoSuchUnit(String message) {
      super(message);
    }
  }

  private final class UnitObject implements AllProperties {
    @Override
    public Map<String, Variant<?>> GetAll(String type) {
      return properties;
    }

    @Override
    public String getObjectPath() {
      return UNIT_PATH;
    }
  }
}
