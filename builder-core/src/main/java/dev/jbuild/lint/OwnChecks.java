package dev.jbuild.lint;

import dev.jbuild.dockerfile.Dockerfile;

/// The rules of our own that need the parsed file and nothing else. Each says only what is so whatever the build
/// arguments are; where that cannot be told, it says nothing.
final class OwnChecks {
    private OwnChecks() {}

    static void check(Dockerfile dockerfile, Findings findings) {
        var stages = new StageTree(dockerfile);
        new DependencyChecks(stages, findings).check();
        new PackageCacheChecks(stages, findings).check();
        new SecretFileChecks(dockerfile, findings).check();
        new UnusedChecks(stages, findings).check();
        new HiddenEnvChecks(stages, findings).check();
    }
}
