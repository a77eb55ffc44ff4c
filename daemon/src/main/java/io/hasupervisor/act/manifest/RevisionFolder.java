package io.hasupervisor.act.manifest;

import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.host.Durable;
import io.hasupervisor.host.Entries;
import io.hasupervisor.host.Reason;
import io.hasupervisor.host.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One revision on disk: {@code meta.json} and its manifests, for the owner only. */
record RevisionFolder(Path path) {
  private static final String META = "meta.json";
  private static final int META_LIMIT = 1 << 18;

  /** Makes the directory with all its files, each durable; its own name is not yet. */
  void write(Revision revision) throws IOException {
    Durable.createDirectory(path);
    for (Manifest manifest : revision.manifests()) {
      Durable.create(path.resolve(manifest.file()), manifest.bytes());
    }
    Durable.create(path.resolve(META), RevisionJson.encode(revision));
    Durable.sync(path);
  }

  boolean exists() {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Reads it and compares every hash.
   *
   * @throws IOException with what is damaged, as the end of a sentence
   */
  Revision read(int number) throws IOException {
    RevisionJson.Meta meta = meta();
    if (meta.number() != number) {
      throw new IOException(META + " is that of revision " + meta.number());
    }
    List<Manifest> manifests = new ArrayList<>();
    for (RevisionJson.Entry file : meta.files()) {
      manifests.add(manifest(file));
    }
    Revision revision = new Revision(number, meta.at(), meta.by(), meta.why(), manifests);
    var fault = ManifestFiles.fault(manifests);
    if (fault.isPresent()) {
      throw new IOException(META + " is wrong: " + fault.get());
    }
    return revision;
  }

  private RevisionJson.Meta meta() throws IOException {
    try {
      return RevisionJson.decode(WholeFile.read(path.resolve(META), META_LIMIT));
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      throw new IOException(META + " is not JSON", e);
    } catch (IOException e) {
      throw new IOException(META + " cannot be used: " + Reason.of(e), e);
    }
  }

  private Manifest manifest(RevisionJson.Entry file) throws IOException {
    Manifest named = new Manifest(file.name(), file.template(), "");
    var fault = ManifestFiles.fault(named);
    if (fault.isPresent()) {
      throw new IOException(META + " is wrong: " + fault.get());
    }
    byte[] content;
    try {
      content = WholeFile.read(path.resolve(named.file()), ManifestFiles.SIZE_LIMIT);
    } catch (IOException e) {
      throw new IOException(named.file() + " cannot be used: " + Reason.of(e), e);
    }
    if (!Manifest.sha256(content).equals(file.sha256())) {
      throw new IOException(named.file() + " does not have the sha256 recorded in " + META);
    }
    return new Manifest(file.name(), file.template(), new String(content, StandardCharsets.UTF_8));
  }

  /** Whether all in it was made by {@link #write}, as far as names and kinds tell. */
  boolean onlyOurs() throws IOException {
    for (Path entry : Entries.of(path)) {
      String name = String.valueOf(entry.getFileName());
      if (!(name.equals(META) || name.endsWith(".yaml"))
          || !Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
    }
    return true;
  }

  /** Removes it and its files; a directory in it, which is nobody's of ours, makes it fail. */
  void remove() throws IOException {
    for (Path entry : Entries.of(path)) {
      Files.deleteIfExists(entry);
    }
    Files.deleteIfExists(path);
  }
}
