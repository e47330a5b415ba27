package dev.jbuild.snapshot;

import dev.jbuild.layer.AccountFiles;
import dev.jbuild.layer.FileContents;
import dev.jbuild.layer.LayerEntry;
import dev.jbuild.linux.ByteString;
import dev.jbuild.oci.Digest;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Collects the entries of a layer while their bytes pass: what was really copied, not what was announced. A file
/// whose bytes are not those it should have fails the copy.
final class EntryCopy {
    private final FileContents contents;
    private final List<LayerEntry> entries = new ArrayList<>();
    private final Map<ByteString, LayerEntry> files = new HashMap<>();
    private @Nullable ByteString passwd;
    private @Nullable ByteString group;

    EntryCopy(FileContents contents) {
        this.contents = contents;
    }

    void add(LayerEntry entry) {
        entries.add(entry);
    }

    /// Adds one more name of a file that was added before.
    void addLink(LayerEntry link) {
        LayerEntry first = files.get(link.hardLink());
        if (first == null) {
            throw new IllegalArgumentException("'" + link.path() + "' links to a file that does not come before it");
        }
        entries.add(link.withContent(first.size(), first.requiredContentDigest()));
    }

    /// {@return the bytes of a file, to be read to their end; the caller closes it}
    Content open(LayerEntry file) throws IOException {
        return new Content(contents.open(file), AccountFiles.keeps(file.path()));
    }

    /// Adds a file whose bytes were read.
    ///
    /// @throws IOException when they are not those it should have
    void addFile(LayerEntry file, Content read) throws IOException {
        Digest digest = Digest.finish(read.hash);
        Digest expected = file.contentDigest();
        if (expected != null && (!expected.equals(digest) || file.size() != read.size)) {
            throw new IOException("'/" + file.path() + "' has other content than a moment ago: it was " + expected
                    + " (" + file.size() + " bytes) and is " + digest + " (" + read.size + " bytes)");
        }
        LayerEntry copied = file.withContent(read.size, digest);
        entries.add(copied);
        files.put(file.path(), copied);
        if (read.kept != null && read.size <= AccountFiles.MAX_BYTES) {
            keepAccounts(file.path(), ByteString.ofBytes(read.kept.toByteArray()));
        }
    }

    private void keepAccounts(ByteString path, ByteString content) {
        if (path.equals(AccountFiles.PASSWD_PATH)) {
            passwd = content;
        } else {
            group = content;
        }
    }

    List<LayerEntry> entries() {
        return entries;
    }

    AccountFiles accounts() {
        return new AccountFiles(passwd, group);
    }

    /// The bytes of one file, hashed as they pass.
    static final class Content extends FilterInputStream {
        private final MessageDigest hash = Digest.newHash();
        private final @Nullable ByteArrayOutputStream kept;
        private long size;

        Content(InputStream source, boolean keep) {
            super(source);
            this.kept = keep ? new ByteArrayOutputStream() : null;
        }

        @Override
        public int read() throws IOException {
            var single = new byte[1];
            return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = in.read(target, offset, length);
            if (count > 0) {
                hash.update(target, offset, count);
                size += count;
                if (kept != null && size <= AccountFiles.MAX_BYTES) {
                    kept.write(target, offset, count);
                }
            }
            return count;
        }
    }
}
