package dev.jbuild.startup;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;

/// Changes a class file, without changing what it means, where the JVM of a short run would have work left to do that
/// its ahead-of-time cache could have spared it:
///
/// - A class of Java 5 or older has no stack maps, so it is verified the slow way at every start and kept out of the
/// cache.
///   It gets stack maps and a version that has them.
/// - A switch over types is linked at its first use, by making a class. It becomes a call of a method with a chain of
///   `instanceof`, as [java.lang.runtime.SwitchBootstraps#typeSwitch] describes its meaning. A switch with other labels
///   (constants, strings) stays.
final class StartupClass {
    private static final MethodTypeDesc TYPE_SWITCH =
            MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_Object, ConstantDescs.CD_int);
    private static final int HIDDEN = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC;

    private final ClassModel original;

    /// Labels of the switches found so far; the method of each is named by its place.
    private final List<List<ClassDesc>> switches = new ArrayList<>();

    private StartupClass(ClassModel original) {
        this.original = original;
    }

    /// {@return the class to start with; `original` itself when nothing is to be gained}
    ///
    /// @param hierarchy knows all classes that `original` refers to
    static byte[] of(byte[] original, ClassHierarchyResolver hierarchy) {
        ClassModel model = ClassFile.of().parse(original);
        boolean old = model.majorVersion() < ClassFile.JAVA_6_VERSION;
        var file = ClassFile.of(
                old ? StackMapsOption.GENERATE_STACK_MAPS : StackMapsOption.STACK_MAPS_WHEN_REQUIRED,
                ClassHierarchyResolverOption.of(hierarchy));
        if (old) {
            return file.transformClass(model, StartupClass::modernise);
        }
        if (model.methods().stream().noneMatch(StartupClass::hasTypeSwitch)) {
            return original;
        }
        var startup = new StartupClass(model);
        ClassTransform links = ClassTransform.transformingMethodBodies(StartupClass::hasTypeSwitch, startup::link);
        return file.transformClass(model, links.andThen(ClassTransform.endHandler(startup::addSwitches)));
    }

    private static void modernise(ClassBuilder builder, ClassElement element) {
        switch (element) {
            case ClassFileVersion _ -> builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
            // Taken apart and put together again: a body that is copied keeps having no stack map.
            case MethodModel method ->
                builder.transformMethod(method, (body, part) -> {
                    if (part instanceof CodeModel code) {
                        body.withCode(to -> code.forEach(to::with));
                    } else {
                        body.with(part);
                    }
                });
            default -> builder.with(element);
        }
    }

    private static boolean hasTypeSwitch(MethodModel method) {
        return method.code().isPresent()
                && method.code()
                        .get()
                        .elementStream()
                        .anyMatch(each -> !labels(each).isEmpty());
    }

    private void link(CodeBuilder code, CodeElement element) {
        List<ClassDesc> labels = labels(element);
        if (labels.isEmpty()) {
            code.with(element);
            return;
        }
        boolean inInterface = (original.flags().flagsMask() & ClassFile.ACC_INTERFACE) != 0;
        code.invokestatic(original.thisClass().asSymbol(), name(switches.size()), TYPE_SWITCH, inInterface);
        switches.add(labels);
    }

    /// {@return the types that a switch decides between; empty for what is no such switch}
    private static List<ClassDesc> labels(CodeElement element) {
        if (!(element instanceof InvokeDynamicInstruction call)
                || !(call.invokedynamic().asSymbol().bootstrapMethod() instanceof DirectMethodHandleDesc linker)
                || !linker.methodName().equals("typeSwitch")
                || !linker.owner().equals(ClassDesc.of("java.lang.runtime.SwitchBootstraps"))) {
            return List.of();
        }
        var labels = new ArrayList<ClassDesc>();
        for (ConstantDesc label : call.invokedynamic().asSymbol().bootstrapArgs()) {
            if (!(label instanceof ClassDesc type) || type.isPrimitive()) {
                return List.of();
            }
            labels.add(type);
        }
        return labels;
    }

    private static String name(int index) {
        return "typeSwitch$" + index;
    }

    private void addSwitches(ClassBuilder builder) {
        for (int i = 0; i < switches.size(); i++) {
            List<ClassDesc> labels = switches.get(i);
            builder.withMethodBody(name(i), TYPE_SWITCH, HIDDEN, code -> decide(code, labels));
        }
    }

    /// `-1` for null, else the first label from the second argument on that the first one is an instance of, else how
    /// many
    /// labels there are.
    private static void decide(CodeBuilder code, List<ClassDesc> labels) {
        Label notNull = code.newLabel();
        code.aload(0).ifnonnull(notNull).iconst_m1().ireturn().labelBinding(notNull);
        for (int i = 0; i < labels.size(); i++) {
            Label next = code.newLabel();
            code.iload(1).loadConstant(i).if_icmpgt(next);
            code.aload(0).instanceOf(labels.get(i)).ifeq(next);
            code.loadConstant(i).ireturn().labelBinding(next);
        }
        code.loadConstant(labels.size()).ireturn();
    }
}
