/**
 * The status over HTTP, read-only, on loopback. Reads nothing but {@link
 * io.hasupervisor.publish.Feed}, so that no request can make the loop wait.
 */
package io.hasupervisor.publish.http;
