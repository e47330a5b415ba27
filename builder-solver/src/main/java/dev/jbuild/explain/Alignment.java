package dev.jbuild.explain;

import dev.jbuild.record.StepRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Says which step of the last build stands in the place of which step of this one.
///
/// Stage by stage: instructions written alike are the same, in their order; between two such, those that begin with the
/// same word take each other's place in their order.
final class Alignment {
    /// Above this many comparisons a stage is paired without looking for the longest common part: 1,000 steps each.
    private static final long MOST_COMPARISONS = 1_000_000;

    private final Map<Integer, StepRecord> partners = new HashMap<>();

    private Alignment() {}

    /// A step as it is aligned.
    record Line(String stage, String text) {
        String keyword() {
            int end = text.indexOf(' ');
            return end < 0 ? text : text.substring(0, end);
        }
    }

    /// {@return the steps of the last build by the position of the step of this one}
    static Map<Integer, StepRecord> of(List<Line> now, List<StepRecord> before) {
        var alignment = new Alignment();
        Map<String, List<Integer>> stages = new LinkedHashMap<>();
        for (int i = 0; i < now.size(); i++) {
            stages.computeIfAbsent(now.get(i).stage(), _ -> new ArrayList<>()).add(i);
        }
        stages.forEach((stage, positions) -> alignment.stage(
                now,
                positions,
                before.stream().filter(step -> step.stage().equals(stage)).toList()));
        return alignment.partners;
    }

    private void stage(List<Line> now, List<Integer> positions, List<StepRecord> before) {
        int start = 0;
        int end = positions.size();
        int oldEnd = before.size();
        while (start < end && start < oldEnd && alike(now.get(positions.get(start)), before.get(start))) {
            partners.put(positions.get(start), before.get(start));
            start++;
        }
        while (end > start && oldEnd > start && alike(now.get(positions.get(end - 1)), before.get(oldEnd - 1))) {
            end--;
            oldEnd--;
            partners.put(positions.get(end), before.get(oldEnd));
        }
        middle(now, positions.subList(start, end), before.subList(start, oldEnd));
    }

    private void middle(List<Line> now, List<Integer> positions, List<StepRecord> before) {
        if ((long) positions.size() * before.size() > MOST_COMPARISONS) {
            pairByKeyword(now, positions, before);
            return;
        }
        int[][] common = commonLengths(now, positions, before);
        int i = 0;
        int j = 0;
        int lastI = 0;
        int lastJ = 0;
        while (i < positions.size() && j < before.size()) {
            if (alike(now.get(positions.get(i)), before.get(j))) {
                pairByKeyword(now, positions.subList(lastI, i), before.subList(lastJ, j));
                partners.put(positions.get(i++), before.get(j++));
                lastI = i;
                lastJ = j;
            } else if (common[i + 1][j] >= common[i][j + 1]) {
                i++;
            } else {
                j++;
            }
        }
        pairByKeyword(now, positions.subList(lastI, positions.size()), before.subList(lastJ, before.size()));
    }

    /// {@return for each two positions how many steps the rests behind them have in common}
    private static int[][] commonLengths(List<Line> now, List<Integer> positions, List<StepRecord> before) {
        var common = new int[positions.size() + 1][before.size() + 1];
        for (int i = positions.size() - 1; i >= 0; i--) {
            for (int j = before.size() - 1; j >= 0; j--) {
                common[i][j] = alike(now.get(positions.get(i)), before.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }

    private void pairByKeyword(List<Line> now, List<Integer> positions, List<StepRecord> before) {
        Map<String, List<StepRecord>> left = new HashMap<>();
        for (StepRecord step : before) {
            left.computeIfAbsent(new Line("", step.text()).keyword(), _ -> new ArrayList<>())
                    .add(step);
        }
        for (int position : positions) {
            List<StepRecord> candidates = left.getOrDefault(now.get(position).keyword(), List.of());
            if (!candidates.isEmpty()) {
                partners.put(position, candidates.removeFirst());
            }
        }
    }

    private static boolean alike(Line line, StepRecord step) {
        return line.text().equals(step.text());
    }
}
