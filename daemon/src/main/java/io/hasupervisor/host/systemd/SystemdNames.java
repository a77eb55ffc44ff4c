package io.hasupervisor.host.systemd;

import java.nio.charset.StandardCharsets;
import org.freedesktop.dbus.matchrules.DBusMatchRule;
import org.freedesktop.dbus.matchrules.DBusMatchRuleBuilder;
import org.freedesktop.dbus.messages.constants.MessageTypes;

/**
 * Object paths, interfaces and signals of systemd.
 *
 * @param systemd its unique bus name: a signal of anybody else is not believed
 */
record SystemdNames(String systemd) {
  static final String MANAGER = "org.freedesktop.systemd1.Manager";
  static final String MANAGER_PATH = "/org/freedesktop/systemd1";
  static final String PROPERTIES = "org.freedesktop.DBus.Properties";

  /**
   * Object path of a unit, loaded or not: every byte but letters and digits is written {@code _xx}
   * (sd_bus_path_encode(3)).
   */
  static String unit(String name) {
    StringBuilder path = new StringBuilder(MANAGER_PATH).append("/unit/");
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      int c = bytes[i] & 0xff;
      boolean plain = c < 128 && (Character.isLetter(c) || (i > 0 && Character.isDigit(c)));
      path.append(plain ? Character.toString(c) : "_%02x".formatted(c));
    }
    return path.toString();
  }

  static DBusMatchRule systemdGoneOrBack() {
    return signal("org.freedesktop.DBus")
        .withInterface("org.freedesktop.DBus")
        .withMember("NameOwnerChanged")
        .withArg0123(0, BusConnection.SYSTEMD)
        .build();
  }

  /** After {@code systemctl daemon-reload} and the like, unit files may say something else. */
  DBusMatchRule reloaded() {
    return signal(systemd).withInterface(MANAGER).withMember("Reloading").build();
  }

  DBusMatchRule unitChanged(String unit) {
    return signal(systemd)
        .withPath(unit(unit))
        .withInterface(PROPERTIES)
        .withMember("PropertiesChanged")
        .build();
  }

  /** A job can end without changing the unit: a failed condition, a failed dependency. */
  DBusMatchRule jobRemoved(String unit) {
    return signal(systemd)
        .withInterface(MANAGER)
        .withMember("JobRemoved")
        .withArg0123(2, unit)
        .build();
  }

  private static DBusMatchRuleBuilder signal(String sender) {
    return DBusMatchRuleBuilder.create().withType(MessageTypes.SIGNAL).withSender(sender);
  }
}
