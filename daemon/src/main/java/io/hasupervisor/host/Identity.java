package io.hasupervisor.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import jnr.posix.Group;
import jnr.posix.POSIX;
import jnr.posix.Passwd;

/** Users and groups: who we are, who belongs to a group, whose a file is. */
public final class Identity {
  private Identity() {}

  /** Effective user id of this process; 0 is root. */
  public static int user() {
    return Posix.get().geteuid();
  }

  // getgrnam(3) and getpwuid(3) answer from one static buffer, hence synchronized.

  /** Login name of this user id, if the host knows it. */
  public static synchronized Optional<String> name(int user) {
    return Optional.ofNullable(Posix.get().getpwuid(user)).map(Passwd::getLoginName);
  }

  /** Id of the group with this name, if the host has it. */
  public static synchronized OptionalLong groupId(String group) {
    Group found = Posix.get().getgrnam(group);
    return found == null ? OptionalLong.empty() : OptionalLong.of(found.getGID());
  }

  /** Names of the users whose supplementary group this is; empty where there is no such group. */
  public static synchronized Set<String> members(String group) {
    Group found = Posix.get().getgrnam(group);
    return found == null ? Set.of() : Set.copyOf(List.of(found.getMembers()));
  }

  /** Whether a user belongs to a group, by the user's primary group or as a listed member. */
  public static synchronized boolean isMember(long user, String group) {
    Passwd passwd = Posix.get().getpwuid((int) user);
    OptionalLong id = groupId(group);
    if (passwd == null || id.isEmpty()) {
      return false;
    }
    return passwd.getGID() == id.getAsLong() || members(group).contains(passwd.getLoginName());
  }

  /**
   * Gives a file, or a link itself, to a user and group.
   *
   * @throws IOException where that is not permitted or the file is not there
   */
  public static void own(Path path, long user, long group) throws IOException {
    POSIX posix = Posix.get();
    if (posix.lchown(path.toString(), (int) user, (int) group) != 0) {
      throw new IOException(
          "cannot give %s to %d:%d: %s"
              .formatted(path, user, group, posix.strerror(posix.errno())));
    }
  }
}
