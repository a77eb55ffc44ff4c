package io.hasupervisor.decide.manifest;

import io.hasupervisor.cluster.Manifest;
import java.time.Duration;

/**
 * How long is waited for what.
 *
 * @param passes consecutive passes of the probe that verify it
 * @param limit from the first container of the new manifest to its verification
 */
public record Patience(int passes, Duration limit) {
  static final String ETCD = "etcd";
  static final String APISERVER = "kube-apiserver";

  /** A pod without a probe must match for so long. */
  static final Duration STILL = Duration.ofSeconds(10);

  /** Time for the kubelet to fetch an image and make a container, once the old one has gone. */
  static final Duration IMAGE = Duration.ofMinutes(10);

  /** Everything verified for so long is known to be good. */
  static final Duration SETTLED = Duration.ofMinutes(10);

  /** An operator's edit younger than this is not overwritten by itself. */
  static final Duration EDITED = Duration.ofMinutes(10);

  /** Beyond its own grace, before an old container that stays is stopped. */
  static final Duration OLD_STAYS = Duration.ofSeconds(30);

  /** Before what failed is tried again. */
  static final Duration RETRY = Duration.ofSeconds(30);

  /** What was seen longer ago says nothing. */
  static final Duration FRESH = Duration.ofSeconds(90);

  /** Containers that end so often within two minutes will not run. */
  static final int CRASHES = 3;

  /** The time in which the ends of containers are counted. */
  static final Duration CRASH_WINDOW = Duration.ofMinutes(2);

  /** Probes failing so often in a row are no accident. */
  static final int FAILURES = 3;

  private static final String GRACE_KEY = "terminationGracePeriodSeconds:";
  private static final Duration KUBELETS_GRACE = Duration.ofSeconds(30);
  private static final int LONGEST_GRACE = 3600;

  static Patience of(Manifest manifest) {
    return delicate(manifest)
        ? new Patience(3, Duration.ofMinutes(5))
        : new Patience(2, Duration.ofMinutes(2));
  }

  /** The same, with time for a large database of etcd's to be read in. */
  static Patience of(Manifest manifest, EtcdFacts etcd) {
    Patience usual = of(manifest);
    return isEtcd(manifest) && etcd.large()
        ? new Patience(usual.passes(), Duration.ofMinutes(15))
        : usual;
  }

  /** etcd and the apiserver: others depend on them, so that one master at a time changes them. */
  static boolean delicate(Manifest manifest) {
    return isEtcd(manifest) || manifest.name().equals(APISERVER);
  }

  static boolean isEtcd(Manifest manifest) {
    return manifest.name().equals(ETCD);
  }

  /** How long the kubelet lets its containers end. */
  public static Duration termination(Manifest manifest) {
    return manifest
        .text()
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith(GRACE_KEY))
        .map(line -> line.substring(GRACE_KEY.length()).strip())
        .filter(value -> value.matches("[0-9]{1,9}"))
        .findFirst()
        .map(value -> Duration.ofSeconds(Math.min(LONGEST_GRACE, Integer.parseInt(value))))
        .orElse(KUBELETS_GRACE);
  }
}
