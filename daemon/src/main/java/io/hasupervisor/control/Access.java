package io.hasupervisor.control;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import jnr.posix.Group;
import jnr.posix.POSIX;
import jnr.posix.Passwd;
import jnr.unixsocket.Credentials;

/** Who may speak to the daemon: root, the daemon's own user, and members of one group. */
final class Access {
  /** getpwuid and getgrnam answer in memory that the next call overwrites. */
  private static final ReentrantLock LOOKUP = new ReentrantLock();

  private final POSIX posix;
  private final String group;

  Access(POSIX posix, String group) {
    this.posix = posix;
    this.group = group;
  }

  /** The process at the other end, as the kernel vouches for it. */
  record Peer(int pid, int uid, int gid, String user) {
    @Override
    public String toString() {
      return user + " (uid " + uid + ", pid " + pid + ")";
    }
  }

  Peer peer(Credentials credentials) {
    LOOKUP.lock();
    try {
      Passwd entry = posix.getpwuid(credentials.getUid());
      String user = entry == null ? "uid " + credentials.getUid() : entry.getLoginName();
      return new Peer(credentials.getPid(), credentials.getUid(), credentials.getGid(), user);
    } finally {
      LOOKUP.unlock();
    }
  }

  /** Empty when {@code peer} may, else why not and what to do about it. */
  Optional<String> refusal(Peer peer) {
    boolean allowed = peer.uid() == 0 || peer.uid() == posix.geteuid() || member(peer);
    return allowed
        ? Optional.empty()
        : Optional.of(
            peer.user()
                + " may not: only root and members of group "
                + group
                + "; to let somebody: usermod -aG "
                + group
                + " USER, then log in anew");
  }

  /** Number of the group; empty when there is none of that name. */
  OptionalInt groupId() {
    LOOKUP.lock();
    try {
      Group entry = posix.getgrnam(group);
      return entry == null ? OptionalInt.empty() : OptionalInt.of((int) entry.getGID());
    } finally {
      LOOKUP.unlock();
    }
  }

  private boolean member(Peer peer) {
    LOOKUP.lock();
    try {
      Group entry = posix.getgrnam(group);
      return entry != null
          && (entry.getGID() == peer.gid() || List.of(entry.getMembers()).contains(peer.user()));
    } finally {
      LOOKUP.unlock();
    }
  }
}
