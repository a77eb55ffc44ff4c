package io.hasupervisor.observe.docker;

import io.hasupervisor.observe.hostfiles.EntrySeen;
import io.hasupervisor.observe.hostfiles.HostPaths;
import io.hasupervisor.observe.hostfiles.SmallFile;
import java.io.IOException;
import java.nio.file.Path;

/** What stands in the place of the guard's drop-in. */
public sealed interface GuardSeen {
  /** Of the unit that is guarded. */
  String UNIT = "docker.service";

  /** Begins a file of ours, of every version. */
  String MARK = "# A guard of ha-supervisor";

  /** Nothing. */
  record Absent() implements GuardSeen {}

  /** A file of ours, perhaps of another version. */
  record Ours(String text) implements GuardSeen {}

  /** Something that is not ours; {@code what} is a clause. */
  record Foreign(String what) implements GuardSeen {}

  /** Where the drop-in has its place. */
  static Path file(HostPaths paths) {
    return paths.at("/etc/systemd/system/" + UNIT + ".d/50-ha-supervisor-guard.conf");
  }

  /** Looks once; never throws. */
  static GuardSeen look(HostPaths paths) {
    Path file = file(paths);
    EntrySeen seen = EntrySeen.look(file);
    return switch (seen.kind()) {
      case ABSENT -> new Absent();
      case FILE -> read(file);
      case DIRECTORY, EMPTY_DIRECTORY, LINK, SPECIAL, UNKNOWN -> new Foreign("is " + seen.what());
    };
  }

  private static GuardSeen read(Path file) {
    try {
      String text = SmallFile.utf8(SmallFile.read(file));
      return text.startsWith(MARK)
          ? new Ours(text)
          : new Foreign("is a file that ha-supervisor did not write");
    } catch (IOException e) {
      return new Foreign("cannot be read");
    }
  }
}
