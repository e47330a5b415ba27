package dev.jbuild.linux;

/// The processor, as far as system calls differ by it.
enum Machine {
    X86_64(0x10000, 0x20000),
    AARCH64(0x4000, 0x8000);

    static final Machine CURRENT = current();

    /// `O_DIRECTORY` and `O_NOFOLLOW` are the only open flags in use that are not the same everywhere.
    final int openDirectory;

    final int openNoFollow;

    Machine(int openDirectory, int openNoFollow) {
        this.openDirectory = openDirectory;
        this.openNoFollow = openNoFollow;
    }

    private static Machine current() {
        String name = System.getProperty("os.arch");
        return switch (name) {
            case "amd64", "x86_64" -> X86_64;
            case "aarch64" -> AARCH64;
            default -> throw new UnsupportedOperationException("jbuild runs on x86-64 and aarch64, not on " + name);
        };
    }
}
