/** Apiservers asked by their own addresses: what each said to each question. */
package io.hasupervisor.observe.api;
