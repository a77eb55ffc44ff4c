/**
 * What the operator says of this master and its cluster: records only, made by {@code config} and
 * read by every stage.
 */
package io.hasupervisor.cluster;
