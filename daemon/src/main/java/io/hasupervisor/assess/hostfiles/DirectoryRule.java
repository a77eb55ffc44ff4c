package io.hasupervisor.assess.hostfiles;

import static io.hasupervisor.assess.Finding.Severity.CRITICAL;
import static io.hasupervisor.assess.Finding.Severity.WARNING;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.observe.hostfiles.EntrySeen;
import io.hasupervisor.yaml.Quote;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the manifest directory is there and root's alone: whoever writes there is root on this
 * host.
 */
public final class DirectoryRule {
  private static final int WRITABLE = 022;
  private static final int WIDER = 077;

  private DirectoryRule() {}

  /**
   * What is wrong with it.
   *
   * @param root user id that it must belong to
   */
  public static List<Finding> findings(EntrySeen seen, long root) {
    String path = seen.path().toString();
    String word = Quote.word(path);
    if (seen.kind() == EntrySeen.Kind.ABSENT) {
      return List.of(
          Finding.of(
              "MANIFEST_DIRECTORY_MISSING",
              CRITICAL,
              path,
              "the manifest directory " + path + " is not there: no manifest can be placed",
              "ha-supervisor host prepare"));
    }
    if (!seen.directory()) {
      return List.of(
          Finding.of(
              "MANIFEST_DIRECTORY_NO_DIRECTORY",
              CRITICAL,
              path,
              "the manifest directory " + path + " is " + seen.what() + ": nothing is placed there",
              "name the directory itself in manifests.directory; see: ls -ld " + word));
    }
    List<Finding> findings = new ArrayList<>();
    if (seen.owner() != root) {
      findings.add(
          Finding.of(
              "MANIFEST_DIRECTORY_OWNER",
              CRITICAL,
              path,
              path + " belongs to user " + seen.owner() + ", who is as good as root by it",
              "chown root:root " + word));
    }
    if ((seen.mode() & WIDER) != 0) {
      boolean writable = (seen.mode() & WRITABLE) != 0;
      findings.add(
          Finding.of(
              "MANIFEST_DIRECTORY_MODE",
              writable ? CRITICAL : WARNING,
              path,
              "%s has mode %04o: %s"
                  .formatted(
                      path,
                      seen.mode(),
                      writable
                          ? "whoever may write there is as good as root"
                          : "others may read what the manifests hold"),
              "chmod 0700 " + word));
    }
    return List.copyOf(findings);
  }
}
