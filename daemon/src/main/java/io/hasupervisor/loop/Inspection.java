package io.hasupervisor.loop;

import io.hasupervisor.assess.Finding;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * A look at something of this host that now and then is not as it should be.
 *
 * @param area of its findings in the status: {@code credentials}, {@code docker}, {@code host},
 *     {@code manifests}; no two inspections share one
 * @param watched files at whose change it is looked at once more
 * @param every so often it is looked at without a change
 * @param look may block, is interrupted when nobody wants it any more
 */
public record Inspection(
    String area, List<Path> watched, Duration every, Supplier<List<Finding>> look) {
  public Inspection {
    watched = List.copyOf(watched);
  }
}
