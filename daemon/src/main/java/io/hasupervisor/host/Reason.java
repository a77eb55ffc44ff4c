package io.hasupervisor.host;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;

/** Why a file could not be used, in the kernel's words: the JDK keeps some in the class's name. */
public final class Reason {
  private Reason() {}

  /** Without the file's name, which the sentence around it says. */
  public static String of(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "no such file or directory";
      case AccessDeniedException _ -> "permission denied";
      case FileAlreadyExistsException _ -> "it exists already";
      case NotDirectoryException _ -> "not a directory";
      case DirectoryNotEmptyException _ -> "directory not empty";
      case FileSystemException failure ->
          Optional.ofNullable(failure.getReason()).orElse(failure.getClass().getSimpleName());
      default -> Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
    };
  }

  /** As {@code file: why}. */
  public static String withFile(IOException e) {
    return e instanceof FileSystemException failure && failure.getFile() != null
        ? failure.getFile() + ": " + of(e)
        : of(e);
  }
}
