/**
 * The commands of {@code ha-supervisor}. All but {@code run} and {@code check-config} ask the
 * daemon over the control socket; they load neither its web server nor its native libraries.
 */
package io.hasupervisor.control.cli;
