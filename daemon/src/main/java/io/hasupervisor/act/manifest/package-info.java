/** Hands for manifests: the store of revisions, and placement without a gap or a stray file. */
package io.hasupervisor.act.manifest;
