package io.hasupervisor.assess.credential;

import static io.hasupervisor.assess.Finding.Severity.ADVICE;
import static io.hasupervisor.assess.Finding.Severity.CRITICAL;
import static io.hasupervisor.assess.Finding.Severity.WARNING;

import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.cluster.Profile;
import io.hasupervisor.observe.credential.FileSeen;
import io.hasupervisor.observe.credential.FileSeen.Access;
import io.hasupervisor.observe.credential.FileSeen.Malformed;
import io.hasupervisor.observe.credential.FileSeen.Missing;
import io.hasupervisor.observe.credential.FileSeen.NotAFile;
import io.hasupervisor.observe.credential.FileSeen.Read;
import io.hasupervisor.observe.credential.FileSeen.Unreadable;
import io.hasupervisor.observe.credential.Need;
import java.nio.file.Path;

/**
 * Files that are not there, not what they should be, or open to others.
 *
 * @param directory what pods mount: a link that leaves it leads nowhere inside of them
 * @param user who may own files besides root
 */
record FileRules(Findings findings, Cures cures, Path directory, long user) {
  /** What a file holds. */
  enum Holds {
    CERTIFICATE("CERTIFICATE_MALFORMED", 0022, "chmod 644 "),
    SECRET("KEY_MALFORMED", 0137, "chmod 600 "),
    KUBECONFIG("KUBECONFIG_MALFORMED", 0137, "chmod 600 ");

    private final String malformed;
    private final int forbidden;
    private final String chmod;

    Holds(String malformed, int forbidden, String chmod) {
      this.malformed = malformed;
      this.forbidden = forbidden;
      this.chmod = chmod;
    }
  }

  /**
   * One file.
   *
   * @param fails as in "without it {@code fails} fails"
   */
  <T> void file(FileSeen<T> seen, Holds holds, Need need, String fails) {
    String name = Words.name(seen.path());
    String without = "without it " + fails + " fails";
    switch (seen.content()) {
      case Missing<T> _ -> missing(seen.path(), need, name + " is missing; " + without);
      case NotAFile<T>(String what) ->
          findings.add(
              "CREDENTIAL_NOT_A_FILE",
              CRITICAL,
              seen.path(),
              name + " is " + what + ", where a file belongs; " + without,
              what.equals("a directory")
                  ? "Docker makes a directory where it is to mount a missing file: rmdir "
                      + seen.path()
                      + ", then put the file there."
                  : cures.restore(seen.path()));
      case Unreadable<T>(String why) ->
          findings.add(
              "CREDENTIAL_UNREADABLE",
              severity(need),
              seen.path(),
              name + " " + why + "; " + without,
              cures.restore(seen.path()));
      case Malformed<T>(String why) ->
          findings.add(
              holds.malformed,
              severity(need),
              seen.path(),
              name + " " + why + "; " + without,
              cures.restore(seen.path()));
      case Read<T> _ -> {}
    }
    seen.access().ifPresent(access -> access(seen.path(), access, holds));
  }

  private void missing(Path file, Need need, String text) {
    if (need != Need.OPTIONAL) {
      findings.add("CREDENTIAL_MISSING", severity(need), file, text, cures.restore(file));
    }
  }

  private static Severity severity(Need need) {
    return need == Need.REQUIRED ? CRITICAL : WARNING;
  }

  private void access(Path file, Access access, Holds holds) {
    String name = Words.name(file);
    if ((access.mode() & holds.forbidden) != 0) {
      findings.add(
          "CREDENTIAL_MODE",
          WARNING,
          file,
          "%s has mode %04o: %s"
              .formatted(
                  name,
                  access.mode(),
                  holds == Holds.CERTIFICATE
                      ? "others than its owner can replace it"
                      : "others than root and its group can read or replace a secret"),
          holds.chmod + file);
    }
    owner(file, access);
    access
        .link()
        .filter(target -> holds != Holds.KUBECONFIG && !target.startsWith(directory))
        .ifPresent(
            target ->
                findings.add(
                    "CREDENTIAL_LINK",
                    WARNING,
                    file,
                    name
                        + " is a link to "
                        + target
                        + ", outside of "
                        + directory
                        + ": a pod that mounts that directory finds nothing there",
                    "Copy the file in place of the link."));
  }

  private void owner(Path file, Access access) {
    if (access.owner() != 0 && access.owner() != user) {
      findings.add(
          "CREDENTIAL_OWNER",
          WARNING,
          file,
          Words.name(file) + " belongs to uid " + access.owner() + ", who can replace it",
          "chown root:root " + file);
    }
  }

  /** The directory itself; false where there is none, and no file in it is worth a word. */
  boolean directory(FileSeen<Boolean> seen, Profile profile) {
    if (seen.value().isEmpty()) {
      String why =
          switch (seen.content()) {
            case Missing<Boolean> _ -> "does not exist";
            case NotAFile<Boolean>(String what) -> "is " + what;
            case Unreadable<Boolean>(String reason) -> reason;
            case Malformed<Boolean>(String reason) -> reason;
            case Read<Boolean> _ -> "is there";
          };
      findings.add(
          "CREDENTIALS_DIRECTORY",
          CRITICAL,
          seen.path(),
          seen.path() + " " + why + ": the control plane has no credentials",
          "Make them for all masters: ha-supervisor credentials create --output DIR");
      return false;
    }
    seen.access()
        .ifPresent(
            access -> {
              owner(seen.path(), access);
              directoryMode(seen.path(), access.mode(), profile);
            });
    return true;
  }

  /** Kubeadm makes it 0755 and keeps each key 0600; the seed's holds tables and keys alike. */
  private void directoryMode(Path directory, int mode, Profile profile) {
    if ((mode & 0027) != 0) {
      boolean writable = (mode & 0022) != 0;
      findings.add(
          "CREDENTIALS_DIRECTORY_MODE",
          profile == Profile.MODERN && !writable ? ADVICE : WARNING,
          directory,
          "%s has mode %04o: others than root can %s"
              .formatted(
                  directory, mode, writable ? "replace the credentials" : "see what is in it"),
          "chmod 700 " + directory);
    }
  }
}
