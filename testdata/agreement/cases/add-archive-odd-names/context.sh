python3 - <<'END'
import io, tarfile
with tarfile.open('odd.tar', 'w', format=tarfile.PAX_FORMAT) as tar:
    def add(name, content='x', **fields):
        member = tarfile.TarInfo(name)
        member.mtime = 1000000000
        member.mode = 0o640
        for key, value in fields.items():
            setattr(member, key, value)
        data = content.encode()
        member.size = len(data) if member.isreg() else 0
        tar.addfile(member, io.BytesIO(data))
    add('/absolute')
    add('./dot/file')
    add('implied/parent/file', uid=5, gid=6)
    add('twice', 'first')
    add('twice', 'second', mode=0o600)
    add('directory', type=tarfile.DIRTYPE, mode=0o700)
    add('directory/file', mode=0o444)
    add('directory', type=tarfile.DIRTYPE, mode=0o2711)
    add('link', type=tarfile.SYMTYPE, linkname='directory')
    add('big', uid=3000000, gid=3000001)
    add('extended', pax_headers={'SCHILY.xattr.security.capability': '\x01\x00\x00\x02\x00\x20\x04' + '\x00' * 13})
    add('n' * 180)
END
