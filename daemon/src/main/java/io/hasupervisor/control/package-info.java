/**
 * The control socket, open to root and one group, and the commands behind it. Imports {@code
 * decide}'s and {@code publish}'s types, and {@code host}.
 */
package io.hasupervisor.control;
