package dev.jbuild.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WallsTest {
    private static final Set<String> MATCHING =
            Set.of("split", "splitWithDelimiters", "replaceAll", "replaceFirst", "matches");

    @Test
    void onlyTheGrammarTakesTextApart() throws IOException {
        var found = new ArrayList<String>();
        try (var files = Files.walk(Path.of("target/classes/dev/jbuild/dockerfile"))) {
            for (var file :
                    files.filter(each -> each.toString().endsWith(".class")).toList()) {
                found.addAll(forbidden(file));
            }
        }
        assertThat(found).isEmpty();
    }

    private static List<String> forbidden(Path file) throws IOException {
        var found = new ArrayList<String>();
        for (var entry : ClassFile.of().parse(file).constantPool()) {
            if (entry instanceof ClassEntry type && type.asInternalName().startsWith("java/util/regex/")) {
                found.add(file.getFileName() + " uses " + type.asInternalName());
            }
            if (entry instanceof MemberRefEntry member
                    && member.owner().asInternalName().equals("java/lang/String")
                    && MATCHING.contains(member.name().stringValue())) {
                found.add(file.getFileName() + " calls String." + member.name().stringValue());
            }
        }
        return found;
    }
}
