using System.IO.MemoryMappedFiles;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Conformance;

/// <summary>
/// What every program expects of any directory tree that it may read. Takes the tree as it is, so it suits read-only mounts;
/// it must hold at least one file and is served by another process.
/// </summary>
public abstract class PosixReadChecks
{
    /// <summary>The mounted directory.</summary>
    protected abstract string Root { get; }

    [Test]
    public async Task Find_walks_the_whole_tree_without_a_complaint()
    {
        var found = await Command.RunAsync("find", [Root, "-printf", "%i %s %p\\n"]);

        Assert.That(found.Error, Is.Empty);
        Assert.That(found.ExitCode, Is.Zero);
    }

    [Test]
    public void A_files_length_is_the_number_of_its_bytes()
    {
        foreach (var file in SampleTree.Files(Root))
            Assert.That(File.ReadAllBytes(file.FullName), Has.Length.EqualTo(file.Length), file.FullName);
    }

    [Test]
    public void Reading_past_the_end_returns_no_bytes()
    {
        foreach (var file in SampleTree.Files(Root))
        {
            using var handle = File.OpenHandle(file.FullName);
            Assert.That(RandomAccess.Read(handle, new byte[10], file.Length), Is.Zero, file.FullName);
            Assert.That(RandomAccess.Read(handle, new byte[10], file.Length + 1_000_000), Is.Zero, file.FullName);
        }
    }

    [Test]
    public void Random_pieces_are_the_bytes_of_the_whole()
    {
        var file = SampleTree.LargestFile(Root);
        var whole = File.ReadAllBytes(file.FullName);
        var random = new Random(7);
        using var handle = File.OpenHandle(file.FullName, options: FileOptions.RandomAccess);
        for (var piece = 0; piece < 200; piece++)
        {
            var offset = random.Next(whole.Length);
            var buffer = new byte[random.Next(1, 300_000)];
            var length = RandomAccess.Read(handle, buffer, offset);
            Assert.That(length, Is.EqualTo(Math.Min(buffer.Length, whole.Length - offset)));
            Assert.That(whole.AsSpan(offset, length).SequenceEqual(buffer.AsSpan(0, length)), $"{length} bytes at {offset}");
        }
    }

    [Test]
    public void A_mapped_file_shows_the_bytes_that_reading_shows()
    {
        var file = SampleTree.LargestFile(Root);
        Assume.That(file.Length, Is.Positive);
        using var map = MemoryMappedFile.CreateFromFile(file.FullName, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        using var view = map.CreateViewStream(0, file.Length, MemoryMappedFileAccess.Read);
        using var mapped = new MemoryStream();
        view.CopyTo(mapped);

        Assert.That(mapped.ToArray().AsSpan().SequenceEqual(File.ReadAllBytes(file.FullName)));
    }

    [Test]
    public async Task Many_readers_of_one_file_see_the_same_bytes()
    {
        var file = SampleTree.LargestFile(Root).FullName;
        var expected = File.ReadAllBytes(file);

        var read = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => File.ReadAllBytes(file))));

        Assert.That(read, Has.All.Matches<byte[]>(bytes => bytes.AsSpan().SequenceEqual(expected)));
    }

    [Test]
    public void A_listing_names_everything_once_and_again_the_same()
    {
        foreach (var directory in SampleTree.Directories(Root))
        {
            var first = Directory.GetFileSystemEntries(directory);
            Assert.That(first, Is.Unique, directory);
            Assert.That(Directory.GetFileSystemEntries(directory), Is.EqualTo(first), directory);
        }
    }

    [Test]
    public async Task Dot_and_dot_dot_are_the_directory_and_the_one_above()
    {
        foreach (var directory in SampleTree.Directories(Root).Skip(1).Take(20))
        {
            var listed = (await Command.RunAsync("ls", ["-afi1", directory])).Lines.Select(line => line.Trim().Split(' ', 2))
                .Where(words => words[1] is "." or "..").ToDictionary(words => words[1], words => words[0]);
            var asked = (await Command.RunAsync("stat", ["-c", "%i", directory, directory + "/..", Path.GetDirectoryName(directory)!])).Lines;
            Assert.That(new[] { listed["."], listed[".."], listed[".."] }, Is.EqualTo(asked), directory);
        }
    }

    [Test]
    public async Task An_open_file_and_its_name_tell_the_same_attributes()
    {
        var differing = await Python.RunAsync(
            """
            import os, sys
            for p in sys.argv[1:]:
                a = os.stat(p)
                with open(p, "rb") as f:
                    b = os.fstat(f.fileno())
                if (a.st_ino, a.st_size, a.st_mode, a.st_mtime_ns) != (b.st_ino, b.st_size, b.st_mode, b.st_mtime_ns):
                    print(p)
            """,
            [.. SampleTree.Files(Root).Take(50).Select(file => file.FullName)]);

        Assert.That(differing, Is.Empty);
    }

    [Test]
    public async Task What_is_not_there_or_not_so_is_told_by_its_errno()
    {
        var file = SampleTree.Files(Root)[0].FullName;

        Assert.That(await Python.ErrnoOfAsync("os.stat(a[0])", Path.Combine(Root, "no such name")), Is.EqualTo("ENOENT"));
        Assert.That(await Python.ErrnoOfAsync("os.stat(a[0].encode() + b'/\\xff\\xfe')", Root), Is.EqualTo("ENOENT"));
        Assert.That(await Python.ErrnoOfAsync("os.stat(a[0])", Path.Combine(file, "below")), Is.EqualTo("ENOTDIR"));
        Assert.That(await Python.ErrnoOfAsync("os.listdir(a[0])", file), Is.EqualTo("ENOTDIR"));
        Assert.That(await Python.ErrnoOfAsync("os.read(os.open(a[0], os.O_RDONLY), 1)", Root), Is.EqualTo("EISDIR"));
        Assert.That(await Python.ErrnoOfAsync("os.readlink(a[0])", file), Is.EqualTo("EINVAL"));
        Assert.That(await Python.ErrnoOfAsync("os.stat(a[0] + '/' + 'n' * 1100)", Root), Is.EqualTo("ENAMETOOLONG"));
    }

    [Test]
    public async Task A_links_length_is_that_of_its_target()
    {
        foreach (var link in SampleTree.Links(Root))
        {
            var lengths = await Python.RunAsync(
                "import os, sys; print(os.lstat(sys.argv[1]).st_size - len(os.readlink(os.fsencode(sys.argv[1]))))", link.FullName);
            Assert.That(lengths, Is.EqualTo("0"), link.FullName);
        }
    }

    [Test]
    public async Task Extended_attributes_answer_probes_for_their_length()
    {
        var problems = await Python.RunAsync(
            """
            import ctypes, os, sys
            libc = ctypes.CDLL(None, use_errno=True)
            def get(p, n, room):
                r = libc.getxattr(p.encode(), n.encode(), ctypes.create_string_buffer(max(room, 1)), room)
                return r if r >= 0 else -ctypes.get_errno()
            for p in sys.argv[1:]:
                for n in os.listxattr(p):
                    v = os.getxattr(p, n)
                    if get(p, n, 0) != len(v) or get(p, n, len(v) + 5) != len(v):
                        print("length", p, n)
                    if len(v) > 1 and get(p, n, len(v) - 1) != -34:
                        print("range", p, n)
                if get(p, "user.synapsefs-no-such-name", 0) != -61:
                    print("nodata", p)
            """,
            [.. SampleTree.Files(Root).Take(50).Select(file => file.FullName)]);

        Assert.That(problems, Is.Empty);
    }

    [Test]
    public async Task Statfs_tells_sizes_and_the_longest_name()
    {
        var told = await Python.RunAsync(
            "import os, sys; s = os.statvfs(sys.argv[1]); print(s.f_bsize > 0 and s.f_bfree <= s.f_blocks and s.f_namemax >= 255)", Root);

        Assert.That(told, Is.EqualTo("True"));
    }

    [Test]
    public async Task Seeking_for_data_and_holes_covers_the_whole_file()
    {
        var told = await Python.RunAsync(
            """
            import os, sys
            p = sys.argv[1]
            size = os.stat(p).st_size
            with open(p, "rb") as f:
                hole = os.lseek(f.fileno(), 0, os.SEEK_HOLE)
                print(0 <= hole <= size)
                try:
                    os.lseek(f.fileno(), size + 1, os.SEEK_DATA)
                except OSError as problem:
                    print(problem.errno)
            """,
            SampleTree.LargestFile(Root).FullName);

        Assert.That(told, Is.EqualTo("True\n6"));
    }
}
