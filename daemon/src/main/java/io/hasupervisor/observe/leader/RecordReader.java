package io.hasupervisor.observe.leader;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.hasupervisor.observe.leader.LeaderRecord.Source;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An election's record in JSON, in either of its forms, as client-go's resourcelock writes them.
 *
 * @param wall this host's time at which it was read
 */
record RecordReader(Instant wall) {
  private static final String ANNOTATION = "control-plane.alpha.kubernetes.io/leader";

  /** A host's name has 64 bytes at most, and what follows it is a UUID. */
  private static final int LONGEST_HOLDER = 300;

  /** Says what is wrong with a record, as part of a sentence that begins with it. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String why) {
      super(why, null, false, false);
    }

    String why() {
      return String.valueOf(getMessage());
    }
  }

  ElectionAnswer lease(JsonNode lease) throws Malformed {
    kind(lease, "Lease");
    return record(Source.LEASE, lease, lease.path("spec"), "leaseTransitions");
  }

  /** An Endpoints object may stand there for another reason, without the annotation. */
  ElectionAnswer annotation(JsonNode endpoints) throws Malformed {
    kind(endpoints, "Endpoints");
    JsonNode annotation = endpoints.path("metadata").path("annotations").path(ANNOTATION);
    if (annotation.isMissingNode()) {
      return new ElectionAnswer.None(true);
    }
    try {
      return record(
          Source.ENDPOINTS,
          endpoints,
          ElectionAnswer.JSON.readTree(annotation.asText()),
          "leaderTransitions");
    } catch (JsonProcessingException e) {
      throw new Malformed("has an annotation that is no JSON");
    }
  }

  private static void kind(JsonNode node, String wanted) throws Malformed {
    if (!node.path("kind").asText().equals(wanted)) {
      throw new Malformed("is no " + wanted);
    }
  }

  private ElectionAnswer record(Source source, JsonNode object, JsonNode in, String transitions)
      throws Malformed {
    String version = object.path("metadata").path("resourceVersion").asText();
    if (version.isEmpty()) {
      throw new Malformed("has no resourceVersion");
    }
    String holder = holder(in);
    // Whoever gives up leaves the rest as it likes.
    Optional<Instant> renewed = holder.isEmpty() ? lenient(in) : Optional.of(renewed(in));
    long seconds = number(in, "leaseDurationSeconds", holder.isEmpty());
    return new ElectionAnswer.Found(
        new LeaderSeen.Reading.Got(
            new LeaderRecord(
                source,
                holder,
                number(in, transitions, true),
                (int) seconds,
                renewed,
                renewed
                    .filter(wall::isBefore)
                    .map(later -> Duration.between(wall, later))
                    .orElse(Duration.ZERO),
                version)));
  }

  private static String holder(JsonNode in) throws Malformed {
    JsonNode holder = in.path("holderIdentity");
    if (!holder.isTextual()) {
      throw new Malformed("has no holderIdentity");
    }
    String text = holder.asText();
    if (text.length() > LONGEST_HOLDER || !text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new Malformed("has a holderIdentity that can be nobody's");
    }
    return text;
  }

  private static Instant renewed(JsonNode in) throws Malformed {
    try {
      return Instant.parse(in.path("renewTime").asText());
    } catch (DateTimeException e) {
      throw new Malformed("has no renewTime");
    }
  }

  private static Optional<Instant> lenient(JsonNode in) {
    try {
      return Optional.of(renewed(in));
    } catch (Malformed e) {
      return Optional.empty();
    }
  }

  private static long number(JsonNode in, String field, boolean optional) throws Malformed {
    JsonNode number = in.path(field);
    if (number.isMissingNode() && optional) {
      return 0;
    }
    if (!number.canConvertToInt() || !number.isIntegralNumber() || number.asInt() < 0) {
      throw new Malformed("has no " + field);
    }
    return number.asInt();
  }
}
