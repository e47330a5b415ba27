package dev.jbuild.check;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jbuild.dockerfile.SourceFile;
import dev.jbuild.dockerfile.SourceRange;
import dev.jbuild.oci.OciJson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// What the reports for tools have in common. What is empty is left out, as BuildKit does.
final class ReportJson {
    private ReportJson() {}

    static void putText(ObjectNode owner, String key, String text) {
        if (!text.isEmpty()) {
            owner.put(key, text);
        }
    }

    /// Adds a place. BuildKit knows lines and no columns.
    static void putLocation(ObjectNode owner, SourceRange range) {
        var place = owner.putObject("location").putArray("ranges").addObject();
        place.putObject("start").put("line", range.startLine());
        place.putObject("end").put("line", range.endLine());
    }

    /// Adds the text of the file as the only source.
    static void putData(ObjectNode report, SourceFile source) {
        report.putArray("sources").add(base64(source));
    }

    static String base64(SourceFile source) {
        return Base64.getEncoder().encodeToString(source.text().getBytes(StandardCharsets.UTF_8));
    }

    static String print(ObjectNode report) {
        return new String(OciJson.printPretty(report), StandardCharsets.UTF_8);
    }
}
