package io.hasupervisor.decide.worker;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A file's new content.
 *
 * @param before what must still be in it when it is replaced, its bytes as characters one to one;
 *     empty where there is no file
 * @param after likewise
 */
public record FileEdit(Path file, Optional<String> before, String after) {}
