/** Pure: what the manifests are to be, and which step of their placement comes next. */
package io.hasupervisor.decide.manifest;
