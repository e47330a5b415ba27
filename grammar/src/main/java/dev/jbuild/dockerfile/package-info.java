/// The Dockerfile language: source text in, an immutable tree or located diagnostics out.
package dev.jbuild.dockerfile;
