using SynapseFs.Api;
using SynapseFs.EndToEnd.Tests.Support;
using SynapseFs.Testing.Processes;

namespace SynapseFs.EndToEnd.Tests.Writing;

/// <summary>What programs do with names of which nobody has asked more, and what that costs, counted at the server.</summary>
[TestFixture]
internal sealed class UndescribedTests : MountFixture
{
    private const int Files = 300;
    private const int Length = 5_000;

    private string _many = null!;

    // Nothing is sent before somebody waits for it.
    protected override string[] MountOptions => ["--settle", "1m"];

    protected override async Task FillAsync()
    {
        _many = await World.AddFolderAsync("many");
        await World.AddFolderAsync("other");
        var handle = await World.UploadAsync("data", World.Bytes(Length));
        await Parallel.ForAsync(0, Files, new ParallelOptions { MaxDegreeOfParallelism = 3 }, async (index, _) =>
            await World.CreateAsync(new Entity
            {
                ConcreteType = SynapseTypes.File,
                Name = $"file-{index:d3}.txt",
                ParentId = _many,
                DataFileHandleId = handle,
            }));
        await World.CreateAsync(new Entity
        {
            ConcreteType = SynapseTypes.Link, Name = "link", ParentId = _many, LinksTo = new Reference { TargetId = _many },
        });
    }

    [Test]
    public async Task A_directory_of_files_that_were_never_looked_at_is_deleted_by_a_few_calls()
    {
        await ShellAsync("ls many > /dev/null");
        World.Server.Log.Reset();

        await ShellAsync("rm -rf many");
        Assert.That(Described(), Is.LessThanOrEqualTo(1), Calls());
        await Mount.WaitAsync();

        // What it holds is looked at once more before it goes as a whole.
        Assert.That(World.Server.Log.Totals.ApiRequests, Is.LessThanOrEqualTo(15), Calls());
        Assert.That(await ShellAsync("ls"), Is.EqualTo("other"));
        var left = await World.PostAsync("/repo/v1/entity/children", $$"""{"parentId":"{{World.Project}}","includeTypes":["folder"]}""");
        Assert.That(left.GetProperty("page").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task Names_are_found_renamed_and_moved_without_asking_what_they_lead_to()
    {
        await ShellAsync("ls many other > /dev/null");
        World.Server.Log.Reset();

        Assert.That(await ShellAsync("find many -name '*-007.txt'; compgen -G 'many/*-113.txt'"),
            Is.EqualTo("many/file-007.txt\nmany/file-113.txt"));
        await ShellAsync("mv -n many/file-000.txt many/renamed.txt; python3 -c 'import os; os.rename(\"many/file-001.txt\", \"other/moved.txt\")'; unlink many/link");

        Assert.That(Described(), Is.LessThanOrEqualTo(2), Calls());
        await Mount.WaitAsync();
        Assert.That(await ShellAsync("stat -c '%n %s' many/renamed.txt other/*; ls many | wc -l"),
            Is.EqualTo($"many/renamed.txt {Length}\nother/moved.txt {Length}\n{Files - 1}"));
    }

    [Test]
    public async Task Whatever_a_program_does_first_with_a_file_it_finds_it_as_long_as_it_is()
    {
        var told = await ShellAsync("""
            ls many > /dev/null
            cat > $OUT/first.py <<'END'
            import ctypes, os
            number = iter(range(100))
            def fresh(flags=os.O_RDONLY):
                return os.open(f"many/file-{next(number):03}.txt", flags)

            libc = ctypes.CDLL(None, use_errno=True)
            libc.mmap.restype = ctypes.c_void_p
            libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
            fd = fresh()
            mapped = libc.mmap(None, 5000, 1, 1, fd, 0)
            expected = ctypes.string_at(mapped, 5000)
            print(len(set(expected)) > 200)
            print(os.read(fresh(), 10_000) == expected)
            print(os.pread(fresh(), 10_000, 4_990) == expected[4_990:])
            print(os.lseek(fresh(), 0, os.SEEK_END))
            print(os.fstat(fresh()).st_size, os.stat(f"many/file-{next(number):03}.txt").st_size)
            os.posix_fadvise(fd := fresh(), 0, 0, os.POSIX_FADV_WILLNEED)
            print(os.read(fd, 10_000) == expected)
            fd = fresh(os.O_RDWR | os.O_APPEND)
            os.write(fd, b"more")
            print(os.pread(fd, 10_000, 0) == expected + b"more")
            path = os.open(f"many/file-{next(number):03}.txt", os.O_PATH)
            print(os.read(os.open(f"/proc/self/fd/{path}", os.O_RDONLY), 10_000) == expected)
            os.truncate(f"many/file-{next(number):03}.txt", 4_000)
            print(os.stat(f"many/file-{next(number) - 1:03}.txt").st_size)
            os.chmod(f"many/file-{next(number):03}.txt", 0o600)
            print(os.stat(f"many/file-{next(number) - 1:03}.txt").st_size)
            print(os.readlink("many/link"), os.path.isdir("many/link"))
            END
            python3 $OUT/first.py
            """);

        Assert.That(told, Is.EqualTo("True\nTrue\nTrue\n5000\n5000 5000\nTrue\nTrue\nTrue\n4000\n5000\n. True"));
    }

    [Test]
    public async Task Without_a_network_what_was_only_listed_is_moved_and_deleted_and_that_is_sent_later()
    {
        await ShellAsync("ls many other > /dev/null");
        await Mount.DisposeAsync();
        Mount = await World.MountAsync("--offline");

        await ShellAsync("rm many/file-000.txt many/link; mv many/file-001.txt other/moved.txt; mv many/file-002.txt many/renamed.txt");
        Assert.That((await Command.ShellAsync($"stat {Mount["many/file-003.txt"]}")).Error, Does.Contain("Network is unreachable"));
        await Mount.DisposeAsync();
        Mount = await World.MountAsync(MountOptions);
        await Mount.WaitAsync();

        Assert.That(await ShellAsync("ls many | wc -l; ls many | tail -1; stat -c '%n %s' other/*"),
            Is.EqualTo($"{Files - 2}\nrenamed.txt\nother/moved.txt {Length}"));
        var children = await World.PostAsync("/repo/v1/entity/children", $$"""{"parentId":"{{_many}}","includeTypes":["link"]}""");
        Assert.That(children.GetProperty("page").GetArrayLength(), Is.Zero);
    }

    private int Described() => World.Server.Log.Requests.Count(request => request.Route.Contains("bundle", StringComparison.Ordinal));

    private string Calls() => string.Join('\n', World.Server.Log.Totals.Routes.Select(route => $"{route.Value} {route.Key}"));
}
