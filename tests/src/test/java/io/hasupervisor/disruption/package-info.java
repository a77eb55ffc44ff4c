/**
 * Three masters with the shipped repair machine and gate, an etcd that they share, and everything
 * that goes wrong around them: bounded exhaustive search, seeded chance, and planted faults.
 */
package io.hasupervisor.disruption;
