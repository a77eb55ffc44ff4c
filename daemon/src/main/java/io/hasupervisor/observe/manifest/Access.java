package io.hasupervisor.observe.manifest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Who may do what with a file or directory.
 *
 * @param owner user id
 * @param mode permission bits, such as 0600
 */
public record Access(int owner, int mode) {
  private static final int PERMISSIONS = 07777;
  private static final int WRITABLE_BY_OTHERS = 022;

  /** Of {@code path} itself, not of what it links to. */
  public static Access of(Path path) throws IOException {
    int owner = (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    return new Access(owner, mode & PERMISSIONS);
  }

  /** Why it may be changed by others than root and {@code user}; empty where it may not. */
  public Optional<String> fault(int user) {
    if (owner != 0 && owner != user) {
      return Optional.of("belongs to user " + owner);
    }
    return (mode & WRITABLE_BY_OTHERS) == 0
        ? Optional.empty()
        : Optional.of("is writable by its group or others (mode " + shown() + ")");
  }

  /** Whether it gives more than {@code allowed}, such as 0600. */
  public boolean wider(int allowed) {
    return (mode & ~allowed) != 0;
  }

  /** The mode as chmod takes it: {@code 0644}. */
  public String shown() {
    return "%04o".formatted(mode);
  }
}
