/**
 * Asks one question of the world with a deadline and says what was seen. Imports only {@code host},
 * {@code cluster} and {@code yaml}.
 */
package io.hasupervisor.observe;
