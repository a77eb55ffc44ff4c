/**
 * Commands that do their work themselves, on any machine and without the daemon: they read the
 * configuration, render, validate, create and check. What must be done by the daemon they ask of
 * it.
 */
package io.hasupervisor.command;
