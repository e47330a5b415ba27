/// The nouns of the OCI image specification and how they are read from and written to JSON.
package dev.jbuild.oci;
