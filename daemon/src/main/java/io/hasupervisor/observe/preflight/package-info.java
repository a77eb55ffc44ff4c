/** Eyes on what a host must have before it can be a master; each look ends by a deadline. */
package io.hasupervisor.observe.preflight;
