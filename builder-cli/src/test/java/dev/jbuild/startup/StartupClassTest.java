package dev.jbuild.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class StartupClassTest {
    private static final ClassHierarchyResolver HIERARCHY =
            ClassHierarchyResolver.ofResourceParsing(StartupClassTest.class.getClassLoader());

    /// What is compiled here and rewritten by the tests.
    public static final class Switches {
        private Switches() {}

        public static String describe(Object value) {
            return switch (value) {
                case null -> "null";
                case Integer i when i > 9 -> "large " + i;
                case Integer i -> "int " + i;
                case CharSequence text -> "text " + text;
                case List<?> list -> "list of " + list.size();
                default -> "other";
            };
        }

        public static String constant(Object value) {
            return switch (value) {
                case Thread.State.NEW -> "new";
                case String text -> text;
                default -> "other";
            };
        }
    }

    @Test
    void aSwitchOverTypesMeansTheSameAndIsNotLinked() throws Throwable {
        byte[] startup = StartupClass.of(bytes(Switches.class), HIERARCHY);

        assertThat(links(startup, "describe")).containsExactly("makeConcatWithConstants");
        assertThat(links(startup, "constant")).containsExactly("typeSwitch");
        var loaded = new ClassLoader(getClass().getClassLoader()) {
            Class<?> define() {
                return defineClass(Switches.class.getName(), startup, 0, startup.length);
            }
        }.define();
        var describe = MethodHandles.lookup()
                .findStatic(loaded, "describe", MethodType.methodType(String.class, Object.class));
        for (Object value : new Object[] {null, 3, 10, "x", new StringBuilder("y"), List.of(1, 2), 3L}) {
            assertThat((String) describe.invoke(value)).isEqualTo(Switches.describe(value));
        }
    }

    @Test
    void aClassOfJava5GetsStackMaps() throws Exception {
        byte[] original = bytes(CommandLine.class);
        assertThat(ClassFile.of().parse(original).majorVersion()).isEqualTo(ClassFile.JAVA_5_VERSION);

        byte[] startup = StartupClass.of(original, HIERARCHY);

        assertThat(ClassFile.of().parse(startup).majorVersion()).isEqualTo(ClassFile.JAVA_8_VERSION);
        assertThat(ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(HIERARCHY))
                        .verify(startup))
                .isEmpty();
    }

    @Test
    void otherClassesStayAsTheyAre() throws Exception {
        byte[] original = bytes(StartupJars.class);

        assertThat(StartupClass.of(original, HIERARCHY)).isSameAs(original);
    }

    private static List<String> links(byte[] file, String method) {
        return ClassFile.of().parse(file).methods().stream()
                .filter(each -> each.methodName().equalsString(method))
                .flatMap(each -> each.code().orElseThrow().elementStream())
                .filter(InvokeDynamicInstruction.class::isInstance)
                .map(each -> ((InvokeDynamicInstruction) each).name().stringValue())
                .distinct()
                .toList();
    }

    private static byte[] bytes(Class<?> type) throws IOException {
        try (var in = type.getClassLoader().getResourceAsStream(type.getName().replace('.', '/') + ".class")) {
            return in.readAllBytes();
        }
    }
}
