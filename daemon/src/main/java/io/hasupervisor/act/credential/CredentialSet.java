package io.hasupervisor.act.credential;

import io.hasupervisor.cluster.Cluster;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.Profile;
import io.hasupervisor.cluster.ServerNames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fresh credentials for all masters, in memory.
 *
 * @param masters files by node name
 * @param apart files that no master needs, by their plain names
 */
public record CredentialSet(Map<String, List<Content>> masters, List<Content> apart) {
  public CredentialSet {
    masters = Collections.unmodifiableMap(new LinkedHashMap<>(masters));
    apart = List.copyOf(apart);
  }

  /** One file and what is in it. */
  public record Content(Path path, String text) {
    /** As it is in the file. */
    public byte[] bytes() {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
      return path.toString();
    }
  }

  /** How long certificates are valid from now on. */
  public record Lives(Instant now, Duration leaf, Duration authority) {}

  /**
   * A set for the cluster of this master.
   *
   * @throws GeneralSecurityException where the JDK lacks RSA or SHA-256
   */
  public static CredentialSet create(Master master, Lives lives) throws GeneralSecurityException {
    return master.profile() == Profile.SEED
        ? SeedSet.create(master, lives)
        : ModernSet.create(master, lives);
  }

  /** What the apiserver's certificate says on any master. */
  static List<String> commonNames(Cluster cluster) {
    List<String> names = new ArrayList<>(ServerNames.service(cluster));
    cluster.loadBalancer().ifPresent(lb -> names.add(lb.host()));
    names.addAll(ServerNames.LOOPBACK);
    return names;
  }
}
