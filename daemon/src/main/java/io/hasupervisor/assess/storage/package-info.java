/**
 * Pure: what etcd stands on, its disk, its speed and its clock, to findings (control-plane 3.7).
 */
package io.hasupervisor.assess.storage;
