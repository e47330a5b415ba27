package dev.jbuild.walls;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.jbuild.terminal.Terminal;
import java.io.File;
import java.io.FileDescriptor;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/// What belongs where. Most of it cannot be seen by one module alone, so the last one checks all.
class WallsTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.jbuild");

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.jbuild.(**)").should().beFreeOfCycles().check(ALL);
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl|Processor|Template)$")
                .check(ALL);
    }

    @Test
    void onlyTheTerminalTouchesTheStandardStreams() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(ALL);
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(ALL);
        noClasses()
                .that(not(type(Terminal.class)))
                .should()
                .accessField(FileDescriptor.class, "out")
                .orShould()
                .accessField(FileDescriptor.class, "err")
                .check(ALL);
    }

    @Test
    void jsonIsReadAndPrintedByOneClass() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.jbuild.oci")
                .should()
                .dependOnClassesThat(resideInAPackage("com.fasterxml..")
                        .and(not(type(com.fasterxml.jackson.databind.JsonNode.class)))
                        .and(not(resideInAPackage("com.fasterxml.jackson.databind.node"))))
                .because("elsewhere JSON is only nodes")
                .check(ALL);
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveSimpleName("ObjectMapper")
                .because("reflection costs start-up time and accepts what it should not")
                .check(ALL);
    }

    @Test
    void theParserGeneratorStaysInTheGrammar() {
        mayOnlyBeUsedIn("org.antlr..", "dev.jbuild.dockerfile..");
    }

    @Test
    void archivesAreReadInOnePackage() {
        mayOnlyBeUsedIn("org.apache.commons.compress..", "dev.jbuild.layer");
    }

    @Test
    void repositoriesAreReadInOnePackage() {
        mayOnlyBeUsedIn("org.eclipse.jgit..", "dev.jbuild.git");
    }

    @Test
    void theKernelIsCalledFromOnePackage() {
        mayOnlyBeUsedIn("java.lang.foreign..", "dev.jbuild.linux");
    }

    @Test
    void theNetworkIsReachedFromOnePackage() {
        mayOnlyBeUsedIn("java.net.http..", "dev.jbuild.http");
        // The registry of the training run listens, it calls nobody.
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.jbuild.startup.LayoutServer")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.net.Socket")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.net.HttpURLConnection")
                .check(ALL);
    }

    @Test
    void processesAreStartedByTheSandboxAlone() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ProcessBuilder.class)
                .orShould()
                .callMethod(Runtime.class, "exec", String.class)
                .orShould()
                .callMethod(Runtime.class, "exec", String[].class)
                .because("the sandbox starts them through the kernel")
                .check(ALL);
    }

    @Test
    void instructionTextIsReadByTheGrammar() {
        var readers = resideInAnyPackage("dev.jbuild.dockerfile..", "dev.jbuild.frontend..");
        noClasses()
                .that(readers)
                .should()
                .dependOnClassesThat(resideInAPackage("java.util.regex.."))
                .orShould()
                .callMethod(String.class, "split", String.class)
                .orShould()
                .callMethod(String.class, "split", String.class, int.class)
                .orShould()
                .callMethod(String.class, "matches", String.class)
                .orShould()
                .callMethod(String.class, "replaceAll", String.class, String.class)
                .orShould()
                .callMethod(String.class, "replaceFirst", String.class, String.class)
                .because("regular expressions backtrack, and the grammar already knows")
                .check(ALL);
    }

    @Test
    void fileNamesOfContextsAndLayersStayBytes() {
        noClasses()
                .that(resideInAnyPackage(
                        "dev.jbuild.context..", "dev.jbuild.copy..", "dev.jbuild.layer..", "dev.jbuild.snapshot.."))
                .should()
                .dependOnClassesThat(type(File.class).or(type(Files.class)))
                .because("a Java string loses names that are not UTF-8")
                .check(ALL);
    }

    private static void mayOnlyBeUsedIn(String library, String owner) {
        noClasses()
                .that(not(resideInAPackage(owner)))
                .should()
                .dependOnClassesThat(resideInAPackage(library))
                .check(ALL);
    }
}
