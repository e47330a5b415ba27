package dev.jbuild.startup;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassHierarchyResolver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Locale;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Copies the jars of the class path so that they start faster: classes as [StartupClass] makes them, nothing
/// compressed, no signatures to be checked (the launcher keeps the copies where only their user may write).
public final class StartupJars {
    private final ClassHierarchyResolver hierarchy;

    private StartupJars(ClassHierarchyResolver hierarchy) {
        this.hierarchy = hierarchy;
    }

    /// Makes the copies.
    ///
    /// @param arguments an empty directory, and the jars to copy into it; all of them are on the class path of this
    /// process
    public static void main(String[] arguments) throws IOException {
        var jars = new StartupJars(ClassHierarchyResolver.ofResourceParsing(StartupJars.class.getClassLoader()));
        var target = Path.of(arguments[0]);
        for (int i = 1; i < arguments.length; i++) {
            var jar = Path.of(arguments[i]);
            jars.copy(jar, target.resolve(jar.getFileName()));
        }
    }

    private void copy(Path jar, Path copy) throws IOException {
        try (var in = new ZipFile(jar.toFile());
                var file = Files.newOutputStream(copy);
                var out = new ZipOutputStream(file)) {
            out.setMethod(ZipOutputStream.STORED);
            for (Enumeration<? extends ZipEntry> entries = in.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                if (!entry.isDirectory() && !isSignature(entry.getName())) {
                    try (InputStream content = in.getInputStream(entry)) {
                        put(out, entry.getName(), content);
                    }
                }
            }
        }
    }

    private void put(ZipOutputStream out, String name, InputStream content) throws IOException {
        byte[] bytes;
        if (name.equals(JarFile.MANIFEST_NAME)) {
            bytes = withoutSections(new Manifest(content));
        } else if (isClass(name)) {
            bytes = StartupClass.of(content.readAllBytes(), hierarchy);
        } else {
            bytes = content.readAllBytes();
        }
        var checksum = new CRC32();
        checksum.update(bytes);
        var entry = new ZipEntry(name);
        entry.setSize(bytes.length);
        entry.setCrc(checksum.getValue());
        entry.setTime(0);
        out.putNextEntry(entry);
        out.write(bytes);
        out.closeEntry();
    }

    /// A module's description is not a class, and the versions of a class for other JDKs have no use for these changes.
    private static boolean isClass(String name) {
        return name.endsWith(".class") && !name.endsWith("module-info.class") && !name.startsWith("META-INF/");
    }

    private static boolean isSignature(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.startsWith("META-INF/")
                && (upper.endsWith(".SF") || upper.endsWith(".RSA") || upper.endsWith(".DSA") || upper.endsWith(".EC"));
    }

    /// Sections hold the digests of what was signed.
    private static byte[] withoutSections(Manifest manifest) throws IOException {
        var main = new Manifest();
        main.getMainAttributes().putAll(manifest.getMainAttributes());
        main.getMainAttributes().putIfAbsent(Attributes.Name.MANIFEST_VERSION, "1.0");
        var bytes = new ByteArrayOutputStream();
        main.write(bytes);
        return bytes.toByteArray();
    }
}
