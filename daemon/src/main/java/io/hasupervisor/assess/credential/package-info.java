/** What is wrong with a master's credentials, what comes of it, and what cures it. */
package io.hasupervisor.assess.credential;
