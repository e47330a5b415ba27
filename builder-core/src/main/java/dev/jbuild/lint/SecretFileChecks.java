package dev.jbuild.lint;

import dev.jbuild.dockerfile.Command;
import dev.jbuild.dockerfile.Dockerfile;
import dev.jbuild.dockerfile.Instruction;
import dev.jbuild.dockerfile.Instruction.FileSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds files that hold secrets by their names, and secrets that stand in the Dockerfile by their form. What an image
/// once had can be read by everybody who has the image, removed or not.
final class SecretFileChecks {
    private static final Set<String> NAMES = Set.of(
            ".env",
            ".netrc",
            ".npmrc",
            ".pypirc",
            ".git-credentials",
            ".dockercfg",
            ".pgpass",
            ".htpasswd",
            "id_rsa",
            "id_dsa",
            "id_ecdsa",
            "id_ed25519",
            "credentials",
            "credentials.json",
            "secrets.yml",
            "secrets.yaml",
            "secrets.json",
            "kubeconfig");

    private static final List<String> ENDINGS = List.of(".pem", ".key", ".p12", ".pfx", ".jks", ".keystore");

    /// Words of a name that make a key or certificate one for everybody.
    private static final List<String> PUBLIC = List.of(
            "pub",
            "ca",
            "cert",
            "crt",
            "chain",
            "bundle",
            "root",
            "gpg",
            "pgp",
            "asc",
            "apt",
            "repo",
            "release",
            "signing",
            "truststore",
            "dhparam",
            "ffdhe",
            "example",
            "sample",
            "dummy",
            "snakeoil");

    private static final String PRIVATE_KEY = "PRIVATE KEY-----";

    /// How tokens of well-known services begin, and how many letters and digits follow at least.
    private record Token(String start, int length) {}

    private static final List<Token> TOKENS = List.of(
            new Token("AKIA", 16),
            new Token("ghp_", 36),
            new Token("github_pat_", 40),
            new Token("glpat-", 20),
            new Token("npm_", 36),
            new Token("xoxb-", 20),
            new Token("sk_live_", 20));

    private final Dockerfile dockerfile;
    private final Findings findings;

    SecretFileChecks(Dockerfile dockerfile, Findings findings) {
        this.dockerfile = dockerfile;
        this.findings = findings;
    }

    void check() {
        for (var stage : dockerfile.stages()) {
            for (var instruction : stage.instructions()) {
                switch (instruction) {
                    case Instruction.Copy copy when copy.from() == null -> check(copy.sources(), copy);
                    case Instruction.Copy copy -> checkInline(copy.sources(), copy);
                    case Instruction.Add add -> check(add.sources(), add);
                    case Instruction.Run run -> checkCommand(run.command(), run);
                    case Instruction.Env env ->
                        env.bindings()
                                .forEach(binding -> checkText(binding.value().text(), env));
                    case Instruction.Arg arg ->
                        arg.declarations().forEach(declaration -> {
                            if (declaration.value() != null) {
                                checkText(declaration.value().text(), arg);
                            }
                        });
                    case Instruction.From _,
                            Instruction.Label _,
                            Instruction.Workdir _,
                            Instruction.User _,
                            Instruction.Expose _,
                            Instruction.Volume _,
                            Instruction.Cmd _,
                            Instruction.Entrypoint _,
                            Instruction.Shell _,
                            Instruction.StopSignal _,
                            Instruction.Healthcheck _,
                            Instruction.OnBuild _,
                            Instruction.Maintainer _ -> {}
                }
            }
        }
    }

    private void check(List<FileSource> sources, Instruction instruction) {
        for (var source : sources) {
            if (source instanceof FileSource.Path(var word) && looksSecret(word.text())) {
                findings.report(
                        Rule.SECRET_IN_FILE,
                        instruction.origin(),
                        "File \"" + word.text()
                                + "\" looks like one with secrets, which everybody can read in the image:"
                                + " use RUN --mount=type=secret");
            }
        }
        checkInline(sources, instruction);
    }

    private void checkInline(List<FileSource> sources, Instruction instruction) {
        for (var source : sources) {
            if (source instanceof FileSource.Inline(var heredoc)) {
                checkText(heredoc.content(), instruction);
            }
        }
    }

    private void checkCommand(Command command, Instruction instruction) {
        switch (command) {
            case Command.Exec(var words) -> words.forEach(word -> checkText(word, instruction));
            case Command.Shell shell -> {
                checkText(shell.line(), instruction);
                shell.heredocs().forEach(heredoc -> checkText(heredoc.content(), instruction));
            }
        }
    }

    private void checkText(String text, Instruction instruction) {
        var secret = secret(text);
        if (secret != null) {
            findings.report(
                    Rule.SECRET_IN_FILE,
                    instruction.origin(),
                    instruction.origin().keyword() + " holds " + secret
                            + ", which everybody can read who has the Dockerfile or the image");
        }
    }

    private static boolean looksSecret(String path) {
        if (path.contains("://")) {
            return false;
        }
        var name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        if (NAMES.contains(name)) {
            return true;
        }
        var hasEnding = ENDINGS.stream().anyMatch(name::endsWith);
        // `example.org-2026.key` is how projects call the key that their packages are signed with.
        var isOfProject = name.indexOf('.') < name.lastIndexOf('.');
        return hasEnding
                && !isOfProject
                && name.indexOf('*') < 0
                && PUBLIC.stream().noneMatch(name::contains);
    }

    /// What the text holds, in a few words; null when nothing is found.
    private static @Nullable String secret(String text) {
        var key = text.indexOf(PRIVATE_KEY);
        var begin = text.lastIndexOf("-----BEGIN ", Math.max(0, key));
        // What only looks for a key has no body.
        if (key >= 0
                && begin >= 0
                && key - begin < 40
                && letters(text, skipBlanks(text, key + PRIVATE_KEY.length())) >= 40) {
            return "a private key";
        }
        for (var token : TOKENS) {
            for (var at = text.indexOf(token.start()); at >= 0; at = text.indexOf(token.start(), at + 1)) {
                var isStart = at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
                if (isStart && letters(text, at + token.start().length()) >= token.length()) {
                    return "a token (" + token.start() + "...)";
                }
            }
        }
        return null;
    }

    private static int skipBlanks(String text, int start) {
        var at = start;
        // A line break may be written as backslash and n.
        while (at < text.length()
                && (Character.isWhitespace(text.charAt(at))
                        || text.charAt(at) == '\\'
                        || (text.charAt(at) == 'n' && text.charAt(at - 1) == '\\'))) {
            at++;
        }
        return at;
    }

    private static int letters(String text, int start) {
        var at = start;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || "_-+/".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        return at - start;
    }
}
