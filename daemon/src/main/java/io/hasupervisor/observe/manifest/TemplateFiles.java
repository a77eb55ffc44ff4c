package io.hasupervisor.observe.manifest;

import io.hasupervisor.cluster.ManifestSettings.Wanted;
import io.hasupervisor.yaml.Problem;
import io.hasupervisor.yaml.Problems;
import io.hasupervisor.yaml.TrustedFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Reads templates: what they say runs as root on this host, so only trusted files are taken. */
public final class TemplateFiles {
  private TemplateFiles() {}

  /**
   * All templates, in the same order.
   *
   * @throws IOException where one is not there, is no regular file, can be written by others, is
   *     larger than 1 MiB or no UTF-8; the message has a line for each
   */
  public static List<Template> read(List<Wanted> wanted) throws IOException {
    Problems problems = new Problems();
    long reader = TrustedFile.user();
    List<Template> templates = new ArrayList<>();
    for (Wanted each : wanted) {
      new TrustedFile(each.template(), reader, problems)
          .read()
          .ifPresent(text -> templates.add(new Template(each.name(), each.template(), text)));
    }
    if (!problems.none()) {
      throw new IOException(
          problems.all().stream().map(Problem::toString).collect(Collectors.joining("\n")));
    }
    return templates;
  }
}
