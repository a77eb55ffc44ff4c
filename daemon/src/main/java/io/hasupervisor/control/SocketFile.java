package io.hasupervisor.control;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.OptionalLong;
import jnr.posix.POSIX;
import jnr.unixsocket.UnixServerSocketChannel;
import jnr.unixsocket.UnixSocketAddress;
import org.tinylog.Logger;

/** The socket's place in the file system: whoever can open it for writing can connect. */
final class SocketFile {
  /** Longest path in a unix socket address: sun_path of unix(7) less its final zero. */
  private static final int LONGEST = 107;

  private static final int TYPE = 0170000;
  private static final int SOCKET = 0140000;
  private static final int STICKY = 01000;
  private static final int OTHERS_WRITE = 022;

  private SocketFile() {}

  /**
   * Binds {@code path} so that at no time more than root, this user and the group can connect. The
   * socket of a daemon that is no more is replaced.
   *
   * @throws IOException when another daemon answers there, when something else is in the way, or
   *     when the directory is open to others
   */
  static UnixServerSocketChannel bind(Path path, Access access, POSIX posix) throws IOException {
    if (path.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      throw new IOException(path + " is too long for a socket: " + LONGEST + " bytes at most");
    }
    checkDirectory(path.toAbsolutePath().resolveSibling(".").normalize(), posix);
    clear(path);
    UnixServerSocketChannel channel = UnixServerSocketChannel.open();
    int umask = posix.umask(0177);
    try {
      channel.socket().bind(new UnixSocketAddress(path.toFile()));
    } catch (IOException e) {
      channel.close();
      throw new IOException("cannot bind " + path + ": " + e.getMessage(), e);
    } finally {
      posix.umask(umask);
    }
    openToGroup(path, access, posix);
    return channel;
  }

  private static void checkDirectory(Path directory, POSIX posix) throws IOException {
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    Map<String, Object> attributes = Files.readAttributes(directory, "unix:mode,uid");
    int mode = number(attributes, "mode");
    int owner = number(attributes, "uid");
    boolean ours = owner == 0 || owner == posix.geteuid();
    boolean open = (mode & OTHERS_WRITE) != 0 && (mode & STICKY) == 0;
    if (!ours || open) {
      throw new IOException(
          directory + " is writable by others, who could replace the control socket");
    }
  }

  private static void clear(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    int mode = number(Files.readAttributes(path, "unix:mode", LinkOption.NOFOLLOW_LINKS), "mode");
    if ((mode & TYPE) != SOCKET) {
      throw new IOException(path + " is in the way and is not a socket");
    }
    if (answers(path)) {
      throw new IOException("another daemon answers at " + path);
    }
    Files.delete(path);
  }

  /** Anything but a refusal means that somebody holds it, also one too busy to answer. */
  private static boolean answers(Path path) {
    try (SocketChannel channel = SocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
      channel.configureBlocking(false);
      channel.connect(UnixDomainSocketAddress.of(path));
      return true;
    } catch (ConnectException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static void openToGroup(Path path, Access access, POSIX posix) {
    OptionalLong group = access.groupId();
    if (group.isEmpty()) {
      Logger.warn("no such group: {} is for this user and root only", path);
    } else if (posix.lchown(path.toString(), posix.geteuid(), (int) group.getAsLong()) != 0
        || posix.chmod(path.toString(), 0660) != 0) {
      Logger.warn("cannot give {} to group {}: it stays closed to it", path, group.getAsLong());
    }
  }

  private static int number(Map<String, Object> attributes, String name) {
    return attributes.get(name) instanceof Integer number ? number : -1;
  }
}
