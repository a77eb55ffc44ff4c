package io.hasupervisor.command;

import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.observe.manifest.ManifestBytes;
import io.hasupervisor.observe.manifest.ManifestBytes.Why;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** A manifest's file as it stands in the kubelet's directory. */
final class PlacedFile {
  private PlacedFile() {}

  /**
   * The file's text; empty where there is none.
   *
   * @throws IOException with a sentence where it cannot be read as text
   */
  static Optional<String> of(Master master, Manifest manifest) throws IOException {
    Path file = master.manifests().directory().resolve(manifest.file());
    switch (ManifestBytes.read(file)) {
      case ManifestBytes.Whole whole -> {
        try {
          return Optional.of(
              StandardCharsets.UTF_8
                  .newDecoder()
                  .decode(ByteBuffer.wrap(whole.bytes()))
                  .toString());
        } catch (CharacterCodingException e) {
          throw new IOException(file + " is not UTF-8, so it is no manifest of ours", e);
        }
      }
      case ManifestBytes.Unreadable bad when bad.why() == Why.MISSING -> {
        return Optional.empty();
      }
      case ManifestBytes.Unreadable bad ->
          throw new IOException(file + " cannot be read: " + bad.detail());
    }
  }
}
