/**
 * The immutable status, and its forms: JSON and text over HTTP, entries in the journal. Imports
 * {@code decide}, {@code assess}, {@code host}.
 */
package io.hasupervisor.publish;
