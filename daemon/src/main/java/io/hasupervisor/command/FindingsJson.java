package io.hasupervisor.command;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hasupervisor.assess.Finding;
import java.util.List;

/** Findings for programs. */
final class FindingsJson {
  private FindingsJson() {}

  /** An object with the list {@code findings}. */
  static String of(List<Finding> findings) {
    ObjectNode root = new JsonMapper().createObjectNode();
    ArrayNode all = root.putArray("findings");
    for (Finding finding : findings) {
      ObjectNode each = all.addObject();
      each.put("code", finding.code()).put("severity", finding.severity().name());
      each.put("subject", finding.subject());
      finding
          .place()
          .ifPresent(place -> each.put("file", place.file().toString()).put("line", place.line()));
      each.put("text", finding.text()).put("cure", finding.cure());
    }
    return root.toPrettyString() + "\n";
  }
}
