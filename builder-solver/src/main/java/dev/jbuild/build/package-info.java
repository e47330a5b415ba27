/// A build from request to result. Start reading at `ImageBuild.run`.
package dev.jbuild.build;
