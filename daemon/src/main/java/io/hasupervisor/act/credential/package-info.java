/**
 * Makes a set of credentials for all masters at once. Bouncy Castle builds the certificates; keys
 * and signatures are the JDK's.
 */
package io.hasupervisor.act.credential;
