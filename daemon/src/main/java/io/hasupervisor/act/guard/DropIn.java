package io.hasupervisor.act.guard;

import io.hasupervisor.host.AtomicFile;
import io.hasupervisor.host.Durable;
import io.hasupervisor.observe.docker.GuardSeen;
import io.hasupervisor.observe.hostfiles.EntrySeen;
import io.hasupervisor.observe.hostfiles.HostPaths;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/** The drop-in by which systemd asks before it starts docker; idempotent. */
public final class DropIn {
  private static final String DEFAULT_SOCKET = "/run/ha-supervisor/control.sock";

  private final HostPaths paths;

  public DropIn(HostPaths paths) {
    this.paths = paths;
  }

  /**
   * Its text.
   *
   * @param socket of the daemon that is to be asked
   * @throws IOException where the path cannot stand in it
   */
  public static String text(Path socket) throws IOException {
    String path = socket.toString();
    if (!path.matches("/[A-Za-z0-9/._-]+")) {
      throw new IOException("control socket " + path + " cannot stand in a unit file");
    }
    try (InputStream in =
        Objects.requireNonNull(DropIn.class.getResourceAsStream("docker-guard.conf"))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return path.equals(DEFAULT_SOCKET)
          ? text
          : text.replace("--max-wait 20s", "--max-wait 20s --socket " + path);
    }
  }

  /**
   * Puts it in place, whole or not at all.
   *
   * @return whether anything was changed
   * @throws IOException also where something stands there that is not ours: it is left alone
   */
  public boolean install(String text) throws IOException {
    if (GuardSeen.look(paths) instanceof GuardSeen.Ours ours && ours.text().equals(text)) {
      return false;
    }
    ours();
    Path file = GuardSeen.file(paths);
    EntrySeen folder = EntrySeen.look(folder());
    if (folder.kind() == EntrySeen.Kind.ABSENT) {
      Files.createDirectory(
          folder(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
      Durable.sync(folder().resolveSibling("."));
    } else if (!folder.directory()) {
      throw new IOException(folder() + " is " + folder.what() + ", not a directory");
    }
    AtomicFile.writeFor(
        file, text.getBytes(StandardCharsets.UTF_8), PosixFilePermissions.fromString("rw-r--r--"));
    return true;
  }

  /**
   * Takes it away, and the directory that it leaves empty.
   *
   * @return whether anything was changed
   * @throws IOException also where something stands there that is not ours: it is left alone
   */
  public boolean remove() throws IOException {
    Path file = GuardSeen.file(paths);
    if (GuardSeen.look(paths) instanceof GuardSeen.Absent) {
      return false;
    }
    ours();
    Files.delete(file);
    Durable.sync(folder());
    if (EntrySeen.look(folder()).kind() == EntrySeen.Kind.EMPTY_DIRECTORY) {
      Files.delete(folder());
    }
    return true;
  }

  private Path folder() {
    return GuardSeen.file(paths).resolveSibling(".").normalize();
  }

  private void ours() throws IOException {
    if (GuardSeen.look(paths) instanceof GuardSeen.Foreign foreign) {
      throw new IOException(
          GuardSeen.file(paths) + " " + foreign.what() + ": it is left alone; move it away first");
    }
  }
}
