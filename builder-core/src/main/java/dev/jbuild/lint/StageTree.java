package dev.jbuild.lint;

import dev.jbuild.dockerfile.Dockerfile;
import dev.jbuild.dockerfile.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;

/// Which stages stand on which, as far as the file says it without variables.
final class StageTree {
    private final Dockerfile dockerfile;
    private final int[] parents;

    StageTree(Dockerfile dockerfile) {
        this.dockerfile = dockerfile;
        this.parents = new int[stages().size()];
        var numbers = new HashMap<String, Integer>();
        for (var i = 0; i < parents.length; i++) {
            var from = stages().get(i).from();
            var image = from.image().literal();
            parents[i] = image == null ? -1 : numbers.getOrDefault(image.toLowerCase(Locale.ROOT), -1);
            if (from.name() != null) {
                numbers.put(from.name(), i);
            }
        }
    }

    Dockerfile dockerfile() {
        return dockerfile;
    }

    List<Stage> stages() {
        return dockerfile.stages();
    }

    /// The number of the stage that a stage begins with, or -1.
    int parent(int stage) {
        return parents[stage];
    }

    /// The numbers of the stages whose layers the last one has, in their order.
    List<Integer> ofImage() {
        var chain = new ArrayList<Integer>();
        for (var stage = parents.length - 1; stage >= 0; stage = parents[stage]) {
            chain.add(stage);
        }
        return chain.reversed();
    }
}
