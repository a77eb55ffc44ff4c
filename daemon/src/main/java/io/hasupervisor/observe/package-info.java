/**
 * Asks one question of the world with a deadline and says what was seen. Imports only {@code host}.
 */
package io.hasupervisor.observe;
