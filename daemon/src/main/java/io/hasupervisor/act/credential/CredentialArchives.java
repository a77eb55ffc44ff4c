package io.hasupervisor.act.credential;

import io.hasupervisor.act.archive.Tar;
import io.hasupervisor.act.credential.CredentialSet.Content;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a set of credentials into an empty directory of its own: one archive per master, which
 * unpacks at {@code /}. Nothing is ever overwritten; under a final name there is a whole file.
 */
public final class CredentialArchives {
  private static final FileAttribute<?> FOR_OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<?> DIRECTORY_FOR_OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path directory;
  private final Path credentials;

  /**
   * Writes nothing yet.
   *
   * @param directory which does not exist yet, or is empty
   * @param credentials the directory on the masters that is theirs alone, and gets mode 0700
   */
  public CredentialArchives(Path directory, Path credentials) {
    this.directory = directory.toAbsolutePath();
    this.credentials = credentials;
  }

  /**
   * Makes the directory with mode 0700, if it is not there.
   *
   * @throws IOException when it is there and not empty, is no directory, or cannot be made
   */
  public void prepare() throws IOException {
    try {
      Path _ = Files.createDirectory(directory, DIRECTORY_FOR_OWNER_ONLY);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
        throw new IOException(directory + " is there already and is no directory", e);
      }
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
        if (entries.iterator().hasNext()) {
          throw new IOException(
              directory + " is not empty, and nothing is overwritten: name another directory", e);
        }
      }
      var _ =
          Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }
  }

  /**
   * Writes everything and returns the archives by node name.
   *
   * @throws IOException on a full disk or a file that is there already; what is whole stays
   */
  public Map<String, Path> write(CredentialSet set, Instant at) throws IOException {
    Map<String, Path> archives = new LinkedHashMap<>();
    for (Map.Entry<String, List<Content>> master : set.masters().entrySet()) {
      Path archive = directory.resolve(master.getKey() + ".tar.gz").normalize();
      if (!directory.normalize().equals(archive.getParent())) {
        throw new IOException("the node name " + master.getKey() + " is no file name");
      }
      whole(archive, out -> archive(out, master.getValue(), at));
      archives.put(master.getKey(), archive);
    }
    if (!set.apart().isEmpty()) {
      Path apart = Files.createDirectory(directory.resolve("ca-key"), DIRECTORY_FOR_OWNER_ONLY);
      for (Content file : set.apart()) {
        whole(apart.resolve(file.path()), out -> out.write(file.bytes()));
      }
    }
    return archives;
  }

  private interface Filling {
    void into(OutputStream out) throws IOException;
  }

  private static void whole(Path target, Filling filling) throws IOException {
    Path part = target.resolveSibling("." + target.getFileName() + ".part");
    try (FileChannel channel =
        FileChannel.open(
            part,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
            FOR_OWNER_ONLY)) {
      OutputStream out = Channels.newOutputStream(channel);
      filling.into(out);
      out.flush();
      channel.force(true);
    } catch (FileAlreadyExistsException e) {
      throw new IOException(part + " is there already", e);
    } catch (IOException e) {
      Files.deleteIfExists(part);
      throw e;
    }
    // Without REPLACE_EXISTING: refused where the target is there.
    Path _ = Files.move(part, target);
  }

  private void archive(OutputStream out, List<Content> files, Instant at) throws IOException {
    GZIPOutputStream zipped = new GZIPOutputStream(out);
    Tar tar = new Tar(zipped, at);
    for (Path directory : directories(files)) {
      tar.directory(inArchive(directory));
    }
    for (Content file : files) {
      tar.file(inArchive(file.path()), file.bytes());
    }
    tar.end();
    zipped.finish();
  }

  /** Of ours alone: an entry for {@code /etc} would change that one's mode when it is unpacked. */
  private Set<Path> directories(List<Content> files) {
    List<Path> parents = new ArrayList<>();
    files.forEach(file -> parents.add(file.path().getParent()));
    parents.removeIf(parent -> !parent.startsWith(credentials));
    return new TreeSet<>(parents);
  }

  private static String inArchive(Path path) {
    return path.toString().substring(1);
  }
}
