/// Makes the copy of jbuild's own jars that the launcher starts together with an ahead-of-time cache.
///
/// ```
/// StartupJars  = jar ↦ jar, each class through StartupClass
/// StartupClass = class file ↦ class file of equal meaning that the JVM can keep ready made
/// ```
///
/// It knows nothing of what the classes do.
@NullMarked
package dev.jbuild.startup;

import org.jspecify.annotations.NullMarked;
