/** Eyes on static pods: the manifest directory, templates, and the containers that run. */
package io.hasupervisor.observe.manifest;
