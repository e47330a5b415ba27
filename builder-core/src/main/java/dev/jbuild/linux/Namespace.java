package dev.jbuild.linux;

/// What a child may have of its own, see namespaces(7).
public enum Namespace {
    MOUNT(0x00020000, "CLONE_NEWNS"),
    PROCESS(0x20000000, "CLONE_NEWPID"),
    IPC(0x08000000, "CLONE_NEWIPC"),
    HOSTNAME(0x04000000, "CLONE_NEWUTS"),
    NETWORK(0x40000000, "CLONE_NEWNET");

    private final int flag;
    private final String label;

    Namespace(int flag, String label) {
        this.flag = flag;
        this.label = label;
    }

    int flag() {
        return flag;
    }

    /// {@return the name of its flag of clone(2)}
    @Override
    public String toString() {
        return label;
    }
}
