/**
 * Pure: what is made on this host before manifests are placed, and how the kubelet's file is
 * changed.
 */
package io.hasupervisor.decide.hostfiles;
