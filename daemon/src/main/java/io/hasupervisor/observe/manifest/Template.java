package io.hasupervisor.observe.manifest;

import java.nio.file.Path;

/** A manifest with variables. Stand-in: replaced by branch templates. */
public record Template(String name, Path file, String text) {}
