/** All masters as this one knows them: what their daemons said, and what is seen from here. */
package io.hasupervisor.assess.masters;
