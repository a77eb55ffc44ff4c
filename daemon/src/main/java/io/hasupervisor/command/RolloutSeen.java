package io.hasupervisor.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.JsonPointerBasedFilter;
import com.fasterxml.jackson.core.filter.TokenFilter.Inclusion;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the daemon says that the placement stands.
 *
 * @param state as in {@link io.hasupervisor.publish.ControlPlane.RolloutStatus}
 * @param since when it came there; empty where it says nothing
 * @param revision what the directory is to hold; 0 for none
 */
record RolloutSeen(String state, String since, int revision, String reason) {
  private static final JsonFactory JSON = new JsonFactory();

  /**
   * Of the status's JSON form; empty where the daemon does not know this host as a master.
   *
   * @throws IOException where it is not JSON
   */
  static Optional<RolloutSeen> of(String status) throws IOException {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser json =
        new FilteringParserDelegate(
            JSON.createParser(status),
            new JsonPointerBasedFilter("/controlPlane/rollout"),
            Inclusion.ONLY_INCLUDE_ALL,
            false)) {
      while (json.nextToken() != null) {
        if (json.currentToken().isScalarValue() && json.currentToken() != JsonToken.VALUE_NULL) {
          fields.put(json.currentName(), json.getText());
        }
      }
    }
    return Optional.ofNullable(fields.get("state"))
        .map(
            state ->
                new RolloutSeen(
                    state,
                    fields.getOrDefault("since", ""),
                    Integer.parseInt(fields.getOrDefault("revision", "0")),
                    fields.getOrDefault("reason", "")));
  }
}
