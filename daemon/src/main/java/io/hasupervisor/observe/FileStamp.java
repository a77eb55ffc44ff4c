package io.hasupervisor.observe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/** What tells cheaply that a file may have changed. */
public record FileStamp(boolean exists, long size, FileTime modified, String key) {
  /** Of no file. */
  static final FileStamp NONE = new FileStamp(false, 0, FileTime.fromMillis(0), "");

  /** Links are followed. Anything but a regular file counts as none: a pipe must not be opened. */
  public static FileStamp of(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.isRegularFile()
          ? new FileStamp(
              true,
              attributes.size(),
              attributes.lastModifiedTime(),
              String.valueOf(attributes.fileKey()))
          : NONE;
    } catch (IOException e) {
      return NONE;
    }
  }
}
