package io.hasupervisor.assess.entry;

import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.observe.manifest.PodSeen;
import java.util.Map;
import java.util.Optional;

/**
 * What a round of answers is judged by.
 *
 * @param node this host's name among the masters
 * @param masters IP addresses by node name
 * @param etcd what is thought of etcd now; empty before its first round
 * @param etcdWords one sentence on it; may be empty
 * @param pods this host's static pods as docker last told of them, by manifest name
 */
public record EntryScene(
    String node,
    Map<String, String> masters,
    Optional<ClusterState> etcd,
    String etcdWords,
    Map<String, PodSeen> pods) {
  public EntryScene {
    masters = Map.copyOf(masters);
    pods = Map.copyOf(pods);
  }
}
