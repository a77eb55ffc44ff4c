/** Pure: manifests judged before they are placed, and what runs judged against them. */
package io.hasupervisor.assess.manifest;
