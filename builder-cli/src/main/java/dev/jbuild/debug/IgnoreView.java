package dev.jbuild.debug;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jbuild.context.ContextException;
import dev.jbuild.context.FileGlob;
import dev.jbuild.context.IgnorePatterns;
import dev.jbuild.context.LexicalPath;
import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.OciJson;
import java.util.ArrayList;
import java.util.List;

/// What patterns match, by `table`: `matches` and `matches-multi` ask whether `patterns` exclude `path`, `own` which of
/// the `probe_paths` of an earlier line, `filepath-match` whether a wildcard of COPY matches `path`, and `readall` what
/// the patterns of an `ignorefile` are.
final class IgnoreView {
    private final List<String> probes = new ArrayList<>();

    ObjectNode answer(ObjectNode given) {
        if (given.has("probe_paths")) {
            probes.clear();
            probes.addAll(CaseFile.texts(given, "probe_paths"));
            return OciJson.newObject();
        }
        var answer = CaseFile.answerTo(given);
        var readAll = given.has("ignorefile");
        try {
            if (readAll) {
                readAll(CaseFile.text(given, "ignorefile"), answer);
                return answer;
            }
            var patterns = CaseFile.texts(given, "patterns");
            switch (CaseFile.text(given, "table", given.has("path") ? "matches" : "own")) {
                case "filepath-match" -> {
                    var pattern = ByteString.of(patterns.getFirst());
                    answer.put("match", FileGlob.matches(pattern, ByteString.of(CaseFile.text(given, "path"))));
                }
                case "own" -> answer.set("excluded", OciJson.newArray(excluded(patterns)));
                case "matches", "matches-multi" ->
                    answer.put("match", excludes(compile(patterns), CaseFile.text(given, "path")));
                case String table ->
                    throw new CaseFile.NoCaseException("table has no '" + table
                            + "', tables are matches, matches-multi, own, filepath-match and readall");
            }
        } catch (ContextException malformed) {
            answer.put(readAll ? "matcher_error" : "error", malformed.getMessage());
        }
        return answer;
    }

    private static void readAll(String content, ObjectNode answer) {
        var bytes = ByteString.of(content).toBytes();
        answer.set(
                "patterns",
                OciJson.newArray(IgnorePatterns.cleanLines(bytes).stream()
                        .map(ByteString::utf8)
                        .toList()));
        IgnorePatterns.parse(".dockerignore", bytes);
    }

    private List<String> excluded(List<String> patterns) {
        var compiled = compile(patterns);
        return probes.stream().filter(probe -> excludes(compiled, probe)).toList();
    }

    private static IgnorePatterns compile(List<String> patterns) {
        return IgnorePatterns.of(patterns.stream().map(ByteString::of).toList());
    }

    private static boolean excludes(IgnorePatterns patterns, String path) {
        var clean = LexicalPath.clean(ByteString.of(path));
        // Nobody can leave out everything.
        return !clean.equals(ByteString.of(".")) && patterns.excludes(clean);
    }
}
