package io.hasupervisor.observe.etcd;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a master's daemon says of its host in its attestation, for people and for comparison with
 * other masters; no action rests on it. What it does not know is empty.
 *
 * @param supervisor version of ha-supervisor
 * @param kubelet the state of its kubelet service
 * @param manifests revision of the manifests that it has placed
 * @param lastKnownGood revision that was last seen to work
 * @param worst what is most amiss there, in a few words
 * @param secrets keyed fingerprints of what all masters must share, by the file's name, {@code
 *     none} where there is no such file
 */
public record HostReport(
    String supervisor,
    String kubelet,
    Optional<Integer> manifests,
    Optional<Integer> lastKnownGood,
    String worst,
    Map<String, String> secrets) {
  /** Nothing is said: by an earlier version. */
  public static final HostReport NONE =
      new HostReport("", "", Optional.empty(), Optional.empty(), "", Map.of());

  public HostReport {
    secrets = Collections.unmodifiableMap(new TreeMap<>(secrets));
  }
}
