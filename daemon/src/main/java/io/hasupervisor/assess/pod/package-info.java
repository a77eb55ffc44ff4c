/** Pure: what docker and the kubelet tell of a static pod, to what is wrong with it. */
package io.hasupervisor.assess.pod;
