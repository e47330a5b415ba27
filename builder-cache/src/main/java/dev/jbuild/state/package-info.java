/// The state directory: the only place that knows its layout.
package dev.jbuild.state;
