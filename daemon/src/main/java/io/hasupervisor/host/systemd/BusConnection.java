package io.hasupervisor.host.systemd;

import io.hasupervisor.host.systemd.SystemdUnavailable.Order;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.freedesktop.dbus.connections.IDisconnectCallback;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.exceptions.DBusExecutionException;
import org.freedesktop.dbus.matchrules.DBusMatchRule;
import org.freedesktop.dbus.messages.Error;
import org.freedesktop.dbus.messages.Message;
import org.freedesktop.dbus.messages.MethodCall;
import org.freedesktop.dbus.messages.constants.Flags;

/**
 * One connection to the bus on which systemd is. Once lost, or once a call was not answered in
 * time, it stays lost: whoever wants to go on opens another.
 */
final class BusConnection implements AutoCloseable {
  static final String SYSTEMD = "org.freedesktop.systemd1";
  private static final String LOOK_AT_BUS = "look at: systemctl status dbus";

  private static final String LOST = "the connection to the system bus was lost; " + LOOK_AT_BUS;
  private static final String NOT_ON_BUS =
      "systemd is not on the system bus; it returns by itself, or by: systemctl daemon-reexec";

  private final DBusConnection bus;
  private final Duration limit;
  private final Runnable lost;

  private BusConnection(DBusConnection bus, Duration limit, Runnable lost) {
    this.bus = bus;
    this.limit = limit;
    this.lost = lost;
  }

  /**
   * Connects within {@code limit}, which later bounds every call too. A frozen bus accepts the
   * connection and then says nothing, and dbus-java would wait for ever: so in a thread of its own.
   *
   * @param lost called from any thread, and perhaps more than once, when the connection is lost
   */
  static BusConnection open(String address, Duration limit, Runnable lost)
      throws SystemdUnavailable, InterruptedException {
    MethodCall.setDefaultTimeout(limit.toMillis());
    CompletableFuture<DBusConnection> opened = new CompletableFuture<>();
    Thread opener =
        Thread.ofVirtual().name("dbus-connect").start(() -> connect(address, lost, opened));
    try {
      return new BusConnection(opened.get(limit.toNanos(), TimeUnit.NANOSECONDS), limit, lost);
    } catch (ExecutionException e) {
      throw new SystemdUnavailable(
          "the system bus at " + address + " cannot be reached (" + root(e) + "); " + LOOK_AT_BUS,
          Order.NOT_GIVEN);
    } catch (TimeoutException e) {
      throw new SystemdUnavailable(
          "the system bus at " + address + " does not answer; " + LOOK_AT_BUS, Order.NOT_GIVEN);
    } finally {
      if (opened.cancel(false)) {
        opener.interrupt();
      }
    }
  }

  private static void connect(
      String address, Runnable lost, CompletableFuture<DBusConnection> opened) {
    try {
      DBusConnection bus =
          DBusConnectionBuilder.forAddress(address)
              .withShared(false)
              .withDisconnectCallback(whenLost(lost))
              .transportConfig()
              .withTimeout(1)
              .back()
              .receivingThreadConfig()
              .withSignalThreadCount(1)
              .withMethodCallThreadCount(1)
              .connectionConfig()
              .build();
      if (!opened.complete(bus)) {
        bus.disconnect();
      }
    } catch (DBusException | RuntimeException e) {
      opened.completeExceptionally(e);
    }
  }

  private static IDisconnectCallback whenLost(Runnable lost) {
    return new IDisconnectCallback() {
      @Override
      public void disconnectOnError(IOException e) {
        lost.run();
      }

      @Override
      public void clientDisconnect() {
        lost.run();
      }
    };
  }

  /**
   * Calls a method of systemd and returns its answer's values.
   *
   * @param signature D-Bus types of {@code arguments}
   */
  Object[] call(String path, String type, String method, String signature, Object... arguments)
      throws SystemdUnavailable, SystemdRefused, InterruptedException {
    try {
      // Without NO_AUTO_START the bus would keep the call until a systemd that has gone is back.
      MethodCall call =
          bus.getMessageFactory()
              .createMethodCall(
                  SYSTEMD, path, type, method, Flags.NO_AUTO_START, signature, arguments);
      bus.sendMessage(call);
      Message reply = await(call);
      if (reply instanceof Error error) {
        Optional<SystemdUnavailable> gone = unavailable(error.getName());
        if (gone.isPresent()) {
          throw gone.get();
        }
        throw new SystemdRefused(error.getName(), words(error));
      }
      return values(reply);
    } catch (DBusExecutionException | RejectedExecutionException e) {
      lost.run();
      throw new SystemdUnavailable(LOST, Order.NOT_GIVEN);
    } catch (DBusException e) {
      throw new SystemdRefused("", "an answer of systemd could not be read: " + e.getMessage());
    }
  }

  private static Object[] values(Message message) throws DBusException {
    Object[] values = message.getParameters();
    return values == null ? new Object[0] : values;
  }

  private static String words(Error error) throws DBusException {
    Object[] values = values(error);
    return values.length == 0 ? error.getName() : values[0].toString();
  }

  private Message await(MethodCall call) throws SystemdUnavailable, InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    long left = limit.toMillis();
    while (left > 0) {
      Message reply = call.getReply(left);
      if (reply != null) {
        return reply;
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }
    lost.run();
    throw new SystemdUnavailable(
        "systemd did not answer within " + limit.toMillis() + " ms; " + LOOK_AT_BUS,
        Order.UNANSWERED);
  }

  /** Errors that are not systemd's own words. */
  private static Optional<SystemdUnavailable> unavailable(String error) {
    return switch (error) {
      case "org.freedesktop.DBus.Error.ServiceUnknown",
          "org.freedesktop.DBus.Error.NameHasNoOwner" ->
          Optional.of(new SystemdUnavailable(NOT_ON_BUS, Order.NOT_GIVEN));
      case "org.freedesktop.DBus.Error.NoReply", "org.freedesktop.DBus.Error.Disconnected" ->
          Optional.of(
              new SystemdUnavailable("systemd left the bus before it answered", Order.UNANSWERED));
      // dbus-java answers calls in flight on a lost connection with an error of its own making.
      case String own when own.startsWith("java.") || own.startsWith("org.freedesktop.dbus.") ->
          Optional.of(new SystemdUnavailable(LOST, Order.UNANSWERED));
      default -> Optional.empty();
    };
  }

  /** Unique bus name of systemd: only its own signals are listened to. */
  String systemdName() throws SystemdUnavailable {
    try {
      return bus.getDBusOwnerName(SYSTEMD);
    } catch (DBusExecutionException e) {
      throw new SystemdUnavailable(NOT_ON_BUS, Order.NOT_GIVEN);
    }
  }

  /** Runs {@code handler} in a thread of the connection for each signal that matches. */
  void onSignal(DBusMatchRule rule, Runnable handler) throws SystemdUnavailable {
    try {
      bus.addGenericSigHandler(rule, _ -> handler.run());
    } catch (DBusException | DBusExecutionException e) {
      throw new SystemdUnavailable(
          "the system bus does not take a subscription (" + root(e) + "); " + LOOK_AT_BUS,
          Order.NOT_GIVEN);
    }
  }

  /** Returns at once: a frozen bus can keep dbus-java's goodbye waiting. */
  @Override
  public void close() {
    Thread.ofVirtual().name("dbus-disconnect").start(bus::disconnect);
  }

  private static String root(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
