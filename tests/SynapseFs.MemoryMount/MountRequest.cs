using System.Globalization;
using System.Text;
using SynapseFs.Fuse;
using SynapseFs.Testing.Memory;

namespace SynapseFs.MemoryMount;

/// <summary>The command line.</summary>
internal sealed record MountRequest
{
    public const string Usage =
        "MemoryMount MOUNTPOINT [--allow-other] [--read-only] [--source TEXT] [--readers N] [--validity SECONDS] [--no-details] [--hops] "
        + "[--verbose] [--blocking NAME] [--sample] [--no-passthrough] [--files N] [--cuttable | --lying]";

    public required FuseMountOptions Options { get; init; }

    public MemoryFileSystemOptions FileSystem { get; init; } = new();

    public bool Verbose { get; init; }

    public string? BlockingFile { get; init; }

    public bool Sample { get; init; }

    public int Files { get; init; }

    /// <summary>A disk that loses on command what was not synced, instead of the usual filesystem.</summary>
    public bool Cuttable { get; init; }

    /// <summary>Such a disk that syncs nothing and says that it did.</summary>
    public bool Lying { get; init; }

    public static MountRequest? Parse(IReadOnlyList<string> arguments)
    {
        if (arguments.Count == 0 || arguments[0].StartsWith("--", StringComparison.Ordinal))
            return null;
        var request = new MountRequest { Options = new FuseMountOptions { Mountpoint = arguments[0], Source = "memory" } };
        for (var at = 1; at < arguments.Count; at++)
        {
            var applied = ApplySwitch(request, arguments[at])
                ?? (at + 1 < arguments.Count ? ApplyValue(request, arguments[at], arguments[++at]) : null);
            if (applied is null)
                return null;
            request = applied;
        }

        return request;
    }

    public MemoryFileSystem CreateFileSystem()
    {
        var fileSystem = new MemoryFileSystem(FileSystem, TimeProvider.System);
        if (BlockingFile is { } blocking)
            fileSystem.AddBlockingFile(blocking);
        for (var number = 0; number < Files; number++)
            fileSystem.SetContent($"many/file-{number:D6}.txt", Encoding.UTF8.GetBytes($"{number}\n"));
        if (Sample)
            FillWithSample(fileSystem);
        return fileSystem;
    }

    private static MountRequest? ApplySwitch(MountRequest request, string name) => name switch
    {
        "--allow-other" => request with { Options = request.Options with { AllowOther = true } },
        "--read-only" => request with { Options = request.Options with { ReadOnly = true } },
        "--no-passthrough" => request with { Options = request.Options with { Passthrough = false } },
        "--no-details" => request with { FileSystem = request.FileSystem with { ListsDetails = false } },
        "--hops" => request with { FileSystem = request.FileSystem with { Hops = true } },
        "--verbose" => request with { Verbose = true },
        "--sample" => request with { Sample = true },
        "--cuttable" => request with { Cuttable = true },
        "--lying" => request with { Cuttable = true, Lying = true },
        _ => null,
    };

    private static MountRequest? ApplyValue(MountRequest request, string name, string value) => name switch
    {
        "--source" => request with { Options = request.Options with { Source = value } },
        "--readers" => request with { Options = request.Options with { Readers = Number(value) } },
        "--validity" => request with { FileSystem = request.FileSystem with { Validity = TimeSpan.FromSeconds(Number(value)) } },
        "--blocking" => request with { BlockingFile = value },
        "--files" => request with { Files = Number(value) },
        _ => null,
    };

    private static int Number(string value) => int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);

    private static void FillWithSample(MemoryFileSystem fileSystem)
    {
        var random = new Random(20260101);
        var large = new byte[3_000_001];
        random.NextBytes(large);
        fileSystem.SetContent("empty", []);
        fileSystem.SetContent("one byte", "x"u8);
        fileSystem.SetContent("reads/large.bin", large);
        fileSystem.SetContent("reads/deep/er/naïve + ünïcode 'quoted' (1).txt", "hello\n"u8);
        fileSystem.SetContent("A.txt", "upper\n"u8);
        fileSystem.SetContent("a.txt", "lower\n"u8);
        fileSystem.AddDirectory("nothing inside");
        fileSystem.AddSymbolicLink("link to a", "a.txt");
        fileSystem.AddSymbolicLink("reads/dangling", "../nowhere");
        fileSystem.SetXattr("a.txt", "user.species", "human");
        fileSystem.SetXattr("a.txt", "user.empty", "");
    }
}
