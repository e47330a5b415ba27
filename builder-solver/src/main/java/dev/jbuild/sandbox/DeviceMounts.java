package dev.jbuild.sandbox;

import static dev.jbuild.linux.Argument.number;
import static dev.jbuild.linux.Argument.text;

import dev.jbuild.linux.Argument;
import dev.jbuild.linux.ByteString;
import dev.jbuild.linux.Syscall;
import dev.jbuild.linux.SyscallScript;
import dev.jbuild.sandbox.Mounts.Attributes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Mounts `/dev`: a tmpfs with the devices that every program may expect. The image's own `/dev` is not looked at.
final class DeviceMounts {
    private static final int CHARACTER_DEVICE = 0020000;

    private final HostFacts host;
    private final SyscallScript.Builder script;
    private final Mounts mounts;

    /// A device and its numbers, see the kernel's list of allocated devices.
    private record Device(String name, int major, int minor) {}

    private static final List<Device> DEVICES = List.of(
            new Device("null", 1, 3),
            new Device("zero", 1, 5),
            new Device("full", 1, 7),
            new Device("random", 1, 8),
            new Device("urandom", 1, 9),
            new Device("tty", 5, 0));

    DeviceMounts(HostFacts host, SyscallScript.Builder script, Mounts mounts) {
        this.host = host;
        this.script = script;
        this.mounts = mounts;
    }

    /// {@return the new `/dev`, attached at `target`}
    Argument write(Argument target) {
        Argument devices =
                mounts.create("dev", "tmpfs", options("mode", "0755", "size", "65536k"), Attributes.NO_EXECUTION);
        mounts.attach(devices, target);
        for (Device device : DEVICES) {
            if (host.ownUserNamespace()) {
                bindFromMachine(devices, device.name);
            } else {
                Argument mode = number(CHARACTER_DEVICE | 0666, "S_IFCHR|0666");
                Argument numbers = number(device.major << 8 | device.minor, device.major + ":" + device.minor);
                script.call(Syscall.MKNODAT, devices, text(device.name), mode, numbers);
            }
        }
        link(devices, "fd", "/proc/self/fd");
        link(devices, "stdin", "/proc/self/fd/0");
        link(devices, "stdout", "/proc/self/fd/1");
        link(devices, "stderr", "/proc/self/fd/2");
        link(devices, "ptmx", "pts/ptmx");
        mount(devices, "pts", "devpts", terminalOptions(), Attributes.NO_EXECUTION);
        mount(devices, "shm", "tmpfs", options("mode", "1777", "size", "65536k"), Attributes.NO_DEVICES);
        mount(devices, "mqueue", "mqueue", Map.of(), Attributes.NO_DEVICES);
        return devices;
    }

    /// In a user namespace nobody can make a device node.
    private void bindFromMachine(Argument devices, String name) {
        mounts.makeFile(devices, ByteString.of(name), 0666, ByteString.EMPTY);
        Argument node = mounts.bind(Mounts.HERE, ByteString.of("/dev/" + name));
        mounts.restrict(node, Attributes.NO_EXECUTION);
        mounts.attach(node, devices, name);
    }

    private void mount(Argument devices, String name, String type, Map<String, String> options, Attributes attributes) {
        mounts.makeDirectory(devices, ByteString.of(name));
        mounts.attach(mounts.create(name, type, options, attributes), devices, name);
    }

    private Map<String, String> terminalOptions() {
        Map<String, String> options = options("mode", "0620", "ptmxmode", "0666");
        if (host.terminalGroup()) {
            options.put("gid", "5");
        }
        return options;
    }

    private void link(Argument devices, String name, String target) {
        script.call(Syscall.SYMLINKAT, text(target), devices, text(name));
    }

    private static Map<String, String> options(String key, String value, String otherKey, String otherValue) {
        var options = new TreeMap<String, String>();
        options.put(key, value);
        options.put(otherKey, otherValue);
        return options;
    }
}
