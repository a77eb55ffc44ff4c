/**
 * YAML text to immutable records: every problem at once, each with file, line, column and path.
 *
 * <pre>
 *   ConfigFile   bytes of a trusted file to text       YamlReader  text to a tree with places
 *   Shape, Key   what may be written, declared once    Merge       later files over earlier ones
 *   Section      typed reading of the merged tree      *Keys       the declarations
 *   *Reader      sections to the records of the loop   ConfigLoader  all of it in order
 * </pre>
 *
 * Imports the specs and policies of the other stages and nothing that runs.
 */
package io.hasupervisor.config;
