import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.annotations.DBusInterfaceName;
import org.freedesktop.dbus.bin.EmbeddedDBusDaemon;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.interfaces.DBusInterface;
import org.freedesktop.dbus.interfaces.Properties.PropertiesChanged;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.UInt64;
import org.freedesktop.dbus.types.Variant;

/**
 * A bus with a systemd on it, for training where there is none: one service, running for ever, and a change told each
 * second. Use: java -cp ha-supervisor-all.jar Systemd.java BUS_ADDRESS UNIT_PATH MAIN_PID
 */
final class Systemd {
  @DBusInterfaceName("org.freedesktop.systemd1.Manager")
  public interface Manager extends DBusInterface {
    void Subscribe();

    void RefUnit(String unit);
  }

  @DBusInterfaceName("org.freedesktop.DBus.Properties")
  public interface Properties extends DBusInterface {
    Map<String, Variant<?>> GetAll(String type);
  }

  private record ManagerObject(String getObjectPath) implements Manager {
    @Override
    public void Subscribe() {}

    @Override
    public void RefUnit(String unit) {}
  }

  private record UnitObject(String getObjectPath, Map<String, Variant<?>> properties) implements Properties {
    @Override
    public Map<String, Variant<?>> GetAll(String type) {
      return properties;
    }
  }

  public static void main(String[] args) throws Exception {
    Map<String, Variant<?>> properties = new HashMap<>();
    properties.put("LoadState", new Variant<>("loaded"));
    properties.put("ActiveState", new Variant<>("active"));
    properties.put("SubState", new Variant<>("running"));
    properties.put("Result", new Variant<>("success"));
    properties.put("Restart", new Variant<>("always"));
    properties.put("RestartUSec", new Variant<>(new UInt64(100_000)));
    properties.put("InvocationID", new Variant<>(new byte[16]));
    properties.put("MainPID", new Variant<>(new UInt32(Long.parseLong(args[2]))));
    properties.put("ExecMainStartTimestampMonotonic", new Variant<>(new UInt64(System.nanoTime() / 1000)));
    try (EmbeddedDBusDaemon bus = new EmbeddedDBusDaemon(args[0] + ",listen=true")) {
      bus.startInBackgroundAndWait(5000);
      DBusConnection systemd = DBusConnectionBuilder.forAddress(args[0]).withShared(false).build();
      systemd.requestBusName("org.freedesktop.systemd1");
      systemd.exportObject(new ManagerObject("/org/freedesktop/systemd1"));
      systemd.exportObject(new UnitObject(args[1], properties));
      while (true) {
        Thread.sleep(1000);
        systemd.sendMessage(new PropertiesChanged(args[1], "org.freedesktop.systemd1.Unit", Map.of(), List.of()));
      }
    }
  }
}
