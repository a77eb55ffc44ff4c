package io.hasupervisor.observe.manifest;

import java.nio.file.Path;

/**
 * What a manifest is made from.
 *
 * @param name of the manifest
 * @param text all of the file, with {@code ${NAME}} variables
 */
public record Template(String name, Path file, String text) {}
