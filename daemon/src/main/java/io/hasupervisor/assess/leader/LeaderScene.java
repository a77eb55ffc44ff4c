package io.hasupervisor.assess.leader;

import io.hasupervisor.observe.manifest.PodSeen;
import java.util.Map;
import java.util.Optional;

/**
 * What an election's record is judged by.
 *
 * @param node this host's name among the masters
 * @param masters IP addresses by node name
 * @param pod this host's instance as docker last told of it
 * @param trouble what else would explain that nobody renews, as a sentence without its end; empty:
 *     nothing
 */
public record LeaderScene(
    String node, Map<String, String> masters, Optional<PodSeen> pod, Optional<String> trouble) {
  public LeaderScene {
    masters = Map.copyOf(masters);
  }
}
