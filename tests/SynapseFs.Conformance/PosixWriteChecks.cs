using System.IO.MemoryMappedFiles;

namespace SynapseFs.Conformance;

/// <summary>What programs that write expect: files. Each check works in a folder of its own.</summary>
public abstract class PosixWriteChecks
{
    private string _here = "";

    /// <summary>The mounted directory.</summary>
    protected abstract string Root { get; }

    [SetUp]
    public void MakeFolder() => _here = Directory.CreateDirectory(Path.Combine(Root, $"check-{Guid.NewGuid():N}")).FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_here, recursive: true);

    [Test]
    public void What_was_written_is_read_again()
    {
        var bytes = new byte[5_000_000];
        new Random(1).NextBytes(bytes);

        File.WriteAllBytes(At("f"), bytes);

        Assert.That(new FileInfo(At("f")).Length, Is.EqualTo(bytes.Length));
        Assert.That(File.ReadAllBytes(At("f")).AsSpan().SequenceEqual(bytes));
    }

    [Test]
    public void Opening_for_overwriting_cuts_to_nothing()
    {
        File.WriteAllText(At("f"), "a long text");

        File.WriteAllText(At("f"), "short");

        Assert.That(File.ReadAllText(At("f")), Is.EqualTo("short"));
    }

    [Test]
    public async Task Appending_writes_at_the_end_whoever_else_writes()
    {
        await Python.RunAsync(
            """
            import os, sys
            a = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
            b = os.open(sys.argv[1], os.O_WRONLY | os.O_APPEND)
            for i in range(10):
                os.write(a, b"a"); os.write(b, b"b")
            """,
            At("f"));

        Assert.That(File.ReadAllText(At("f")), Is.EqualTo(string.Concat(Enumerable.Repeat("ab", 10))));
    }

    [Test]
    public async Task Exclusive_creation_fails_where_the_name_is_taken()
    {
        const string create = "os.open(a[0], os.O_CREAT | os.O_EXCL | os.O_WRONLY)";

        Assert.That(await Python.ErrnoOfAsync(create, At("f")), Is.EqualTo("none"));
        Assert.That(await Python.ErrnoOfAsync(create, At("f")), Is.EqualTo("EEXIST"));
    }

    [Test]
    public void Truncating_shortens_and_growing_shows_zeros()
    {
        File.WriteAllText(At("f"), "0123456789");

        using (var file = File.OpenWrite(At("f")))
        {
            file.SetLength(4);
            file.SetLength(8);
        }

        Assert.That(File.ReadAllBytes(At("f")), Is.EqualTo("0123\0\0\0\0"u8.ToArray()));
    }

    [Test]
    public void A_deleted_file_lives_until_it_is_closed()
    {
        using var file = new FileStream(At("f"), FileMode.CreateNew, FileAccess.ReadWrite);
        file.Write("still here"u8);
        file.Flush();

        File.Delete(At("f"));

        Assert.That(File.Exists(At("f")), Is.False);
        file.Position = 0;
        Assert.That(new StreamReader(file).ReadToEnd(), Is.EqualTo("still here"));
        file.Write(" and grows"u8);
    }

    [Test]
    public async Task Holes_read_as_zeros_and_are_found_by_seeking()
    {
        var told = await Python.RunAsync(
            """
            import os, sys
            f = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT)
            os.pwrite(f, b"data", 10 << 20)
            print(os.lseek(f, 0, os.SEEK_HOLE), os.lseek(f, 0, os.SEEK_DATA) in range(1, (10 << 20) + 1))
            print(os.lseek(f, 10 << 20, os.SEEK_HOLE), os.pread(f, 3, 5 << 20))
            """,
            At("f"));

        Assert.That(told, Is.EqualTo($"0 True\n{(10 << 20) + 4} b'\\x00\\x00\\x00'"));
    }

    [Test]
    public async Task Fallocate_reserves_punches_and_keeps_the_length()
    {
        var told = await Python.RunAsync(
            """
            import ctypes, os, sys
            libc = ctypes.CDLL(None, use_errno=True)
            def fallocate(f, mode, offset, length):
                return libc.fallocate(f, mode, ctypes.c_long(offset), ctypes.c_long(length))
            f = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT)
            os.write(f, b"x" * 300000)
            print(fallocate(f, 0, 0, 400000), os.fstat(f).st_size)
            print(fallocate(f, 1, 0, 900000), os.fstat(f).st_size)
            print(fallocate(f, 3, 1000, 200000), os.fstat(f).st_size)
            print(os.pread(f, 1, 999), os.pread(f, 1, 1000), os.pread(f, 1, 200999), os.pread(f, 1, 201000))
            """,
            At("f"));

        Assert.That(told, Is.EqualTo("0 400000\n0 400000\n0 400000\nb'x' b'\\x00' b'\\x00' b'x'"));
    }

    [Test]
    public async Task Fallocate_zeroes_a_range_and_refuses_to_move_what_follows_it()
    {
        var told = await Python.RunAsync(
            """
            import ctypes, errno, os, sys
            libc = ctypes.CDLL(None, use_errno=True)
            def fallocate(f, mode, offset, length):
                r = libc.fallocate(f, mode, ctypes.c_long(offset), ctypes.c_long(length))
                return 0 if r == 0 else errno.errorcode[ctypes.get_errno()]
            f = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT)
            os.write(f, b"x" * 8192)
            print(fallocate(f, 16, 100, 200), os.fstat(f).st_size, os.pread(f, 3, 98), os.pread(f, 3, 298))
            print(fallocate(f, 17, 8000, 9000), os.fstat(f).st_size, os.pread(f, 3, 7999))
            print(fallocate(f, 16, 8000, 1000), os.fstat(f).st_size)
            print(fallocate(f, 8, 0, 4096), fallocate(f, 32, 0, 4096), fallocate(f, 2, 0, 4096), os.fstat(f).st_size)
            """,
            At("f"));

        Assert.That(told, Is.EqualTo(
            "0 8192 b'xx\\x00' b'\\x00\\x00x'\n0 8192 b'x\\x00\\x00'\n0 9000\nENOTSUP ENOTSUP ENOTSUP 9000"));
    }

    [Test]
    public async Task Copy_file_range_copies_between_open_files()
    {
        File.WriteAllText(At("from"), "0123456789");

        var copied = await Python.RunAsync(
            """
            import os, sys
            s = os.open(sys.argv[1], os.O_RDONLY)
            t = os.open(sys.argv[2], os.O_RDWR | os.O_CREAT)
            print(os.copy_file_range(s, t, 5, 3, 2))
            """,
            At("from"), At("to"));

        Assert.That(copied, Is.EqualTo("5"));
        Assert.That(File.ReadAllBytes(At("to")), Is.EqualTo("\0\034567"u8.ToArray()));
    }

    [Test]
    public async Task Copy_file_range_within_one_file_shows_in_what_was_read_before_and_stops_at_the_end()
    {
        var told = await Python.RunAsync(
            """
            import os, sys
            f = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT)
            os.write(f, b"a" * 100000 + b"b" * 100000)
            os.pread(f, 200000, 0)
            print(os.copy_file_range(f, f, 50000, 150000, 0), os.copy_file_range(f, f, 50000, 190000, 100000))
            print(os.fstat(f).st_size, os.pread(f, 2, 49999), os.pread(f, 2, 99999), os.copy_file_range(f, f, 10, 200000, 0))
            a = os.open(sys.argv[1], os.O_WRONLY | os.O_APPEND)
            try: print(os.copy_file_range(f, a, 10, 0, 10))
            except OSError as problem: print(problem.strerror)
            """,
            At("f"));

        Assert.That(told, Is.EqualTo("50000 10000\n200000 b'ba' b'ab' 0\nBad file descriptor"));
    }

    [Test]
    public async Task A_file_is_cut_and_grown_through_its_open_descriptor_also_when_its_name_is_gone()
    {
        var told = await Python.RunAsync(
            """
            import os, sys
            f = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT)
            os.write(f, b"0123456789")
            os.unlink(sys.argv[1])
            os.ftruncate(f, 4); os.ftruncate(f, 6); os.fchmod(f, 0o600); os.utime(f)
            print(os.fstat(f).st_size, os.pread(f, 10, 0))
            a = os.open("/proc/self/fd/%d" % f, os.O_WRONLY | os.O_APPEND)
            os.pwrite(a, b"end", 0); os.fsync(a)
            print(os.pread(f, 10, 0))
            """,
            At("f"));

        Assert.That(told, Is.EqualTo("6 b'0123\\x00\\x00'\nb'0123\\x00\\x00end'"));
    }

    [Test]
    public async Task Files_and_directories_are_synced()
    {
        var told = await Python.RunAsync(
            """
            import os, sys
            d = os.open(sys.argv[1], os.O_RDONLY | os.O_DIRECTORY)
            f = os.open("f", os.O_WRONLY | os.O_CREAT, dir_fd=d)
            os.write(f, b"x"); os.fdatasync(f); os.fsync(f); os.fsync(d); os.fdatasync(d); os.sync()
            print("synced")
            """,
            _here);

        Assert.That(told, Is.EqualTo("synced"));
    }

    [Test]
    public async Task The_owner_may_be_given_what_is_theirs_and_nobody_else()
    {
        File.WriteAllText(At("f"), "");

        Assert.That(await Python.ErrnoOfAsync("s = os.stat(a[0]); os.chown(a[0], s.st_uid, s.st_gid)", At("f")), Is.EqualTo("none"));
        Assert.That(await Python.ErrnoOfAsync("s = os.stat(a[0]); os.chown(a[0], -1, s.st_gid)", _here), Is.EqualTo("none"));
        Assert.That(await Python.ErrnoOfAsync("os.chown(a[0], os.stat(a[0]).st_uid + 1, -1)", At("f")), Is.EqualTo("EPERM"));
    }

    [Test]
    public void What_is_written_through_a_map_is_in_the_file()
    {
        File.WriteAllBytes(At("f"), new byte[100_000]);

        using (var map = MemoryMappedFile.CreateFromFile(At("f")))
        using (var view = map.CreateViewAccessor())
        {
            view.Write(70_000, (byte)42);
            view.Flush();
        }

        Assert.That(File.ReadAllBytes(At("f"))[70_000], Is.EqualTo(42));
    }

    [Test]
    public async Task Times_and_modes_are_kept_to_the_tick()
    {
        File.WriteAllText(At("f"), "");

        var told = await Python.RunAsync(
            """
            import os, sys
            p = sys.argv[1]
            os.utime(p, ns=(1_000_000_000_123_456_700, -1_500_000_000))
            os.chmod(p, 0o640)
            s = os.stat(p)
            print(s.st_atime_ns, s.st_mtime_ns, oct(s.st_mode))
            """,
            At("f"));

        Assert.That(told, Is.EqualTo("1000000000123456700 -1500000000 0o100640"));
    }

    [Test]
    public async Task Extended_attributes_are_set_replaced_listed_and_removed()
    {
        File.WriteAllText(At("f"), "");

        var told = await Python.RunAsync(
            """
            import os, sys
            p = sys.argv[1]
            os.setxattr(p, "user.species", b"human")
            os.setxattr(p, "user.big", b"v" * 60000, os.XATTR_CREATE)
            os.setxattr(p, "user.species", b"mouse", os.XATTR_REPLACE)
            print(os.getxattr(p, "user.species"), len(os.getxattr(p, "user.big")), sorted(os.listxattr(p)))
            os.removexattr(p, "user.big")
            print(os.listxattr(p))
            """,
            At("f"));

        Assert.That(told, Is.EqualTo("b'mouse' 60000 ['user.big', 'user.species']\n['user.species']"));
        Assert.That(await Python.ErrnoOfAsync("os.setxattr(a[0], 'user.species', b'', os.XATTR_CREATE)", At("f")), Is.EqualTo("EEXIST"));
        Assert.That(await Python.ErrnoOfAsync("os.setxattr(a[0], 'user.no', b'', os.XATTR_REPLACE)", At("f")), Is.EqualTo("ENODATA"));
        Assert.That(await Python.ErrnoOfAsync("os.removexattr(a[0], 'user.no')", At("f")), Is.EqualTo("ENODATA"));
    }

    [Test]
    public async Task Locks_keep_two_processes_apart()
    {
        File.WriteAllText(At("f"), "");

        var told = await Python.RunAsync(
            """
            import fcntl, subprocess, sys
            other = "import fcntl,sys\nf=open(sys.argv[1],'r+')\nfor lock in (fcntl.flock, fcntl.lockf):\n try:\n  lock(f, fcntl.LOCK_EX|fcntl.LOCK_NB); print('free')\n except OSError: print('taken')"
            with open(sys.argv[1], "r+") as f:
                fcntl.flock(f, fcntl.LOCK_EX); fcntl.lockf(f, fcntl.LOCK_EX)
                print(subprocess.run([sys.executable, "-c", other, sys.argv[1]], capture_output=True, text=True).stdout.split())
            """,
            At("f"));

        Assert.That(told, Is.EqualTo("['taken', 'taken']"));
    }

    [Test]
    public void A_random_series_of_operations_matches_a_plain_array()
    {
        using var run = new RandomFileOperations(At("f"), seed: 4711);

        for (var step = 0; step < 800; step++)
            run.Step();
    }

    private string At(string name) => Path.Combine(_here, name);
}
