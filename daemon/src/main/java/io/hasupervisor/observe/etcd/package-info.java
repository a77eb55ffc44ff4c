/**
 * etcd asked, without docker: its members over gRPC and HTTP, its process through {@code /proc}.
 * Every question has a deadline of its own, and a sick member is an answer, not an exception.
 */
package io.hasupervisor.observe.etcd;
