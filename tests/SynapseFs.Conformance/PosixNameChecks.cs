namespace SynapseFs.Conformance;

/// <summary>What programs that write expect: names. Each check works in a folder of its own.</summary>
public abstract class PosixNameChecks
{
    private const string Rename2 =
        """
        import ctypes, errno, sys
        libc = ctypes.CDLL(None, use_errno=True)
        r = libc.renameat2(-100, sys.argv[1].encode(), -100, sys.argv[2].encode(), int(sys.argv[3]))
        print("none" if r == 0 else errno.errorcode[ctypes.get_errno()])
        """;

    private const string NoReplace = "1";
    private const string Exchange = "2";
    private const string Whiteout = "4";

    private string _here = "";

    /// <summary>The mounted directory.</summary>
    protected abstract string Root { get; }

    [SetUp]
    public void MakeFolder() => _here = Directory.CreateDirectory(Path.Combine(Root, $"check-{Guid.NewGuid():N}")).FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_here, recursive: true);

    [Test]
    public void Renaming_replaces_in_one_step_and_moves_between_directories()
    {
        File.WriteAllText(At("a"), "new");
        Directory.CreateDirectory(At("d"));
        File.WriteAllText(At("d/b"), "old");

        File.Move(At("a"), At("d/b"), overwrite: true);

        Assert.That(File.Exists(At("a")), Is.False);
        Assert.That(File.ReadAllText(At("d/b")), Is.EqualTo("new"));
    }

    [Test]
    public async Task Renaming_without_replacing_fails_where_the_name_is_taken()
    {
        File.WriteAllText(At("a"), "a");
        File.WriteAllText(At("b"), "b");

        Assert.That(await Python.RunAsync(Rename2, At("a"), At("b"), NoReplace), Is.EqualTo("EEXIST"));
        Assert.That(await Python.RunAsync(Rename2, At("a"), At("c"), NoReplace), Is.EqualTo("none"));

        Assert.That(File.ReadAllText(At("b")), Is.EqualTo("b"));
        Assert.That(File.ReadAllText(At("c")), Is.EqualTo("a"));
    }

    [Test]
    public async Task Exchanging_swaps_a_file_and_a_directory()
    {
        File.WriteAllText(At("a"), "file");
        Directory.CreateDirectory(At("b/inside"));

        Assert.That(await Python.RunAsync(Rename2, At("a"), At("b"), Exchange), Is.EqualTo("none"));

        Assert.That(Directory.Exists(At("a/inside")));
        Assert.That(File.ReadAllText(At("b")), Is.EqualTo("file"));
        Assert.That(await Python.RunAsync(Rename2, At("a"), At("missing"), Exchange), Is.EqualTo("ENOENT"));
    }

    [Test]
    public async Task Renaming_with_a_whiteout_is_refused()
    {
        File.WriteAllText(At("a"), "");

        Assert.That(await Python.RunAsync(Rename2, At("a"), At("b"), Whiteout), Is.EqualTo("EINVAL"));
    }

    [Test]
    public async Task Renames_that_make_no_sense_are_told_apart()
    {
        Directory.CreateDirectory(At("d/inside"));
        Directory.CreateDirectory(At("empty"));
        File.WriteAllText(At("f"), "");

        Assert.That(await Python.ErrnoOfAsync("os.rename(a[0], a[0] + '/inside/x')", At("d")), Is.EqualTo("EINVAL"));
        Assert.That(await Python.ErrnoOfAsync("os.rename(a[0], a[1])", At("empty"), At("d")), Is.EqualTo("ENOTEMPTY"));
        Assert.That(await Python.ErrnoOfAsync("os.rename(a[0], a[1])", At("f"), At("d")), Is.EqualTo("EISDIR"));
        Assert.That(await Python.ErrnoOfAsync("os.rename(a[0], a[1])", At("d"), At("f")), Is.EqualTo("ENOTDIR"));
        Assert.That(await Python.ErrnoOfAsync("os.rename(a[0], a[1])", At("missing"), At("x")), Is.EqualTo("ENOENT"));
    }

    [Test]
    public async Task Directories_are_removed_when_empty_and_only_then()
    {
        Directory.CreateDirectory(At("d/inside"));
        File.WriteAllText(At("f"), "");

        Assert.That(await Python.ErrnoOfAsync("os.rmdir(a[0])", At("d")), Is.EqualTo("ENOTEMPTY"));
        Assert.That(await Python.ErrnoOfAsync("os.rmdir(a[0])", At("f")), Is.EqualTo("ENOTDIR"));
        Assert.That(await Python.ErrnoOfAsync("os.unlink(a[0])", At("d")), Is.EqualTo("EISDIR"));
        Assert.That(await Python.ErrnoOfAsync("os.mkdir(a[0])", At("d")), Is.EqualTo("EEXIST"));
        Assert.That(await Python.ErrnoOfAsync("os.rmdir(a[0])", At("d/inside")), Is.EqualTo("none"));
    }

    [Test]
    public async Task Hard_links_share_one_inode()
    {
        File.WriteAllText(At("a"), "text");

        var told = await Python.RunAsync(
            """
            import os, sys
            a, b = sys.argv[1:]
            os.link(a, b)
            print(os.stat(a).st_ino == os.stat(b).st_ino, os.stat(a).st_nlink)
            open(b, "a").write(" more")
            os.unlink(a)
            print(open(b).read(), os.stat(b).st_nlink)
            """,
            At("a"), At("b"));

        Assert.That(told, Is.EqualTo("True 2\ntext more 1"));
    }

    [Test]
    public void A_link_leads_where_it_says_and_may_dangle()
    {
        File.WriteAllText(At("a"), "text");
        File.CreateSymbolicLink(At("good"), "a");
        File.CreateSymbolicLink(At("bad"), "nowhere/ü");

        Assert.That(File.ReadAllText(At("good")), Is.EqualTo("text"));
        Assert.That(new FileInfo(At("bad")).LinkTarget, Is.EqualTo("nowhere/ü"));
        Assert.That(() => File.ReadAllText(At("bad")), Throws.InstanceOf<IOException>());
    }

    [TestCase("ünïcödé 名前 🧬")]
    [TestCase(" leading and trailing ")]
    [TestCase("it's (1) + \"2\" \\ back.")]
    [TestCase("line\nbreak")]
    [TestCase("...")]
    public void Any_name_of_valid_text_is_kept_as_it_is(string name)
    {
        File.WriteAllText(At(name), name);

        Assert.That(Directory.GetFiles(_here), Is.EqualTo(new[] { At(name) }));
        Assert.That(File.ReadAllText(At(name)), Is.EqualTo(name));
    }

    [Test]
    public void Names_that_differ_in_case_or_normalisation_are_different_files()
    {
        string[] names = ["A", "a", "\u00e9", "e\u0301"];
        foreach (var name in names)
            File.WriteAllText(At(name), name);

        Assert.That(Directory.GetFiles(_here).Select(Path.GetFileName), Is.EquivalentTo(names));
    }

    [Test]
    public async Task Names_too_long_or_not_text_are_refused()
    {
        Assert.That(await Python.ErrnoOfAsync("open(a[0] + '/' + 'n' * 255, 'w')", _here), Is.EqualTo("none"));
        Assert.That(await Python.ErrnoOfAsync("open(a[0] + '/' + 'n' * 1100, 'w')", _here), Is.EqualTo("ENAMETOOLONG"));
        Assert.That(await Python.ErrnoOfAsync("open(a[0].encode() + b'/\\xff', 'w')", _here), Is.AnyOf("EINVAL", "EILSEQ"));
    }

    [Test]
    public async Task Pipes_and_devices_cannot_be_made()
    {
        Assert.That(await Python.ErrnoOfAsync("os.mkfifo(a[0])", At("pipe")), Is.EqualTo("EPERM"));
        Assert.That(await Python.ErrnoOfAsync("os.mknod(a[0], 0o100644)", At("file")), Is.EqualTo("none"));
        Assert.That(File.ReadAllBytes(At("file")), Is.Empty);
    }

    [Test]
    public void A_listing_shows_what_was_made_and_not_what_was_removed()
    {
        for (var number = 0; number < 500; number++)
            File.WriteAllText(At($"f{number}"), "");
        for (var number = 0; number < 500; number += 2)
            File.Delete(At($"f{number}"));

        Assert.That(Directory.GetFiles(_here), Has.Length.EqualTo(250));
    }

    private string At(string name) => Path.Combine(_here, name);
}
