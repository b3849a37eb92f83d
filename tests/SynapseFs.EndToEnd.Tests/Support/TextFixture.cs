namespace SynapseFs.EndToEnd.Tests.Support;

/// <summary>A file and the texts about it, in whose directory scripts run.</summary>
internal abstract class TextFixture : MountFixture
{
    /// <summary>The id of a.txt.</summary>
    protected string TheFile { get; private set; } = null!;

    protected override string WorkingDirectory => Mount[".synapse/of/a.txt"];

    protected override async Task FillAsync() => TheFile = await World.AddFileAsync("a.txt", "one\n"u8.ToArray());

    /// <summary>What fsync, close and rename say to a text when it is written as the one of that name.</summary>
    protected async Task<string> TryWritingAsync(string name, string text)
    {
        var script = """
            import errno, os, sys
            def attempt(what, do):
                try:
                    do()
                    print(what, "done")
                except OSError as e:
                    print(what, errno.errorcode[e.errno])
            name, text = sys.argv[1], open(sys.argv[2], "rb").read()
            fd = os.open(name, os.O_WRONLY | os.O_TRUNC)
            os.write(fd, text)
            attempt("fsync", lambda: os.fsync(fd))
            attempt("close", lambda: os.close(fd))
            with open("tmp", "wb") as tmp:
                tmp.write(text)
            attempt("rename", lambda: os.rename("tmp", name))
            os.unlink("tmp")
            """;
        await File.WriteAllTextAsync(Path.Combine(World.Directory("out"), "try.py"), script);
        await File.WriteAllTextAsync(Path.Combine(World.Directory("out"), "text"), text);
        return await ShellAsync($"python3 $OUT/try.py {name} $OUT/text");
    }
}
