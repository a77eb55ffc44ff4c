/**
 * What the credentials of a master are, on disk and as they are served: records that hold no key,
 * no token and no password. Nothing is kept between two looks.
 */
package io.hasupervisor.observe.credential;
