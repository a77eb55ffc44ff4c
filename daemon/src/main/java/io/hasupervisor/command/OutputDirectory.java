package io.hasupervisor.command;

import io.hasupervisor.host.AtomicFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A directory that rendered files are written into, each whole, with mode 0600; never the kubelet's
 * own, where every file is a pod.
 */
record OutputDirectory(Path directory, Path kubelets) {

  /**
   * Writes files by name, and tells of each; the directory is made if it is missing.
   *
   * @throws IOException where that cannot be; the message is for people
   */
  void write(Map<String, String> files, PrintWriter out) throws IOException {
    try {
      if (!Files.isDirectory(directory)) {
        Files.createDirectory(directory);
      }
      if (Files.exists(kubelets) && Files.isSameFile(directory, kubelets)) {
        throw new IOException(
            directory
                + " is the kubelet's own directory; files get there by:"
                + " ha-supervisor manifests place");
      }
      for (Map.Entry<String, String> file : files.entrySet()) {
        Path target = directory.resolve(file.getKey());
        AtomicFile.write(target, file.getValue().getBytes(StandardCharsets.UTF_8));
        out.println(target);
      }
    } catch (java.nio.file.FileSystemException e) {
      throw new IOException("cannot write into " + directory + ": " + e, e);
    }
  }
}
