package io.hasupervisor.control;

import io.hasupervisor.host.Identity;
import java.util.Optional;
import java.util.OptionalLong;
import jnr.unixsocket.Credentials;

/** Who may speak to the daemon: root, the daemon's own user, and members of one group. */
final class Access {
  private final String group;

  Access(String group) {
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
    int uid = credentials.getUid();
    String user = Identity.name(uid).orElse("uid " + uid);
    return new Peer(credentials.getPid(), uid, credentials.getGid(), user);
  }

  /** Empty when {@code peer} may, else why not and what to do about it. */
  Optional<String> refusal(Peer peer) {
    boolean allowed = peer.uid() == 0 || peer.uid() == Identity.user() || member(peer);
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
  OptionalLong groupId() {
    return Identity.groupId(group);
  }

  private boolean member(Peer peer) {
    OptionalLong id = groupId();
    return id.isPresent()
        && (id.getAsLong() == peer.gid() || Identity.members(group).contains(peer.user()));
  }
}
