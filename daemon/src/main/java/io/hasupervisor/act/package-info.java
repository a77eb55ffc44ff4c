/**
 * Carries out one action and returns one outcome; never decides, never retries. Imports {@code
 * decide}, {@code host}.
 */
package io.hasupervisor.act;
