/**
 * A trusted file to text, and YAML text to a tree that knows its places, in the plain part of YAML
 * that cannot harm: no tags, anchors or aliases, no key twice, one document. Knows nothing of what
 * the text is for.
 */
package io.hasupervisor.yaml;
