using SynapseFs.Vfs;

namespace SynapseFs.Testing.Reference;

/// <summary>A tree that steps can be carried out on as one program above it would, and what there is to see of it afterwards.</summary>
public abstract partial class TreeSurface : IAsyncDisposable
{
    /// <summary>The slot has nothing open that the step could use.</summary>
    protected const string NotOpen = "not open";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>The slots that hold an open file, and how it was opened.</summary>
    protected abstract IReadOnlyDictionary<int, OpenMode> OpenModes { get; }

    /// <summary>What came of the step, in words that are the same on every surface where the same came of it.</summary>
    public async Task<string> RunAsync(TreeStep what)
    {
        try
        {
            return await CarryOutAsync(what).WaitAsync(Deadline);
        }
        catch (FsException failure)
        {
            return failure.Error.ToString();
        }
#pragma warning disable CA1031 // whatever else a filesystem throws is a finding, to be told with the step
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return $"threw {failure}";
        }
    }

    /// <summary>Every path with its type and bytes, and the bytes of every open file, one a line.</summary>
    public async Task<string> LookAsync()
    {
        var lines = new List<string>();
        await AddTreeAsync(string.Empty, lines);
        foreach (var slot in OpenModes.Where(open => open.Value.HasFlag(OpenMode.Read)).Select(open => open.Key).ToList())
            lines.Add($"open {slot} = {await OpenTextAsync(slot)}");
        return string.Join('\n', lines);
    }

    public abstract ValueTask DisposeAsync();

    /// <exception cref="FsException">What came of it, too.</exception>
    protected virtual Task<string> CarryOutAsync(TreeStep what) => what switch
    {
        OpenStep open => OpenAsync(open),
        CloseStep close => CloseAsync(close.Slot),
        ReadStep read => ReadAsync(read),
        WriteStep write => WriteAsync(write),
        TruncateStep truncate => TruncateAsync(truncate),
        TruncateOpenStep truncate => TruncateAsync(truncate),
        AllocateStep allocate => AllocateAsync(allocate),
        CopyStep copy => CopyAsync(copy),
        SyncStep sync => SyncAsync(sync),
        MakeDirectoryStep make => MakeDirectoryAsync(make),
        RemoveDirectoryStep remove => RemoveDirectoryAsync(remove),
        UnlinkStep unlink => UnlinkAsync(unlink),
        RenameStep rename when MovesIntoItself(rename) => Task.FromResult("into itself"),
        RenameStep rename => CarryOutAsync(rename),
        SettleStep => SettledAsync(),
        ForgetStep => ForgottenAsync(),
        RemountStep remount => RemountedAsync(remount),
        _ => RemotelyAsync(what),
    };

    protected abstract Task<string> OpenAsync(OpenStep what);

    protected abstract Task<string> CloseAsync(int slot);

    protected abstract Task<string> ReadAsync(ReadStep what);

    protected abstract Task<string> WriteAsync(WriteStep what);

    protected abstract Task<string> TruncateAsync(TruncateStep what);

    protected abstract Task<string> TruncateAsync(TruncateOpenStep what);

    protected abstract Task<string> AllocateAsync(AllocateStep what);

    protected abstract Task<string> CopyAsync(CopyStep what);

    protected abstract Task<string> SyncAsync(SyncStep what);

    protected abstract Task<string> MakeDirectoryAsync(MakeDirectoryStep what);

    protected abstract Task<string> RemoveDirectoryAsync(RemoveDirectoryStep what);

    protected abstract Task<string> UnlinkAsync(UnlinkStep what);

    protected abstract Task<string> RenameAsync(RenameStep what);

    protected abstract Task ForgetAsync();

    /// <summary>Returns when the remote side has everything; answers what is wrong with what it has, or null.</summary>
    protected abstract Task<string?> SettleAsync();

    /// <summary>Mounts anew; nothing is open.</summary>
    protected abstract Task RemountAsync(bool emptyCache);

    /// <summary>What the path leads to; null when a name of it is not there.</summary>
    protected abstract Task<Attributes?> FindAsync(string path);

    /// <summary>Names of a directory.</summary>
    protected abstract Task<IReadOnlyList<string>> NamesAsync(string path);

    /// <summary>The bytes of a file, in words.</summary>
    protected abstract Task<string> TextAsync(string path, Attributes attributes);

    /// <summary>The bytes of an open file, in words.</summary>
    protected abstract Task<string> OpenTextAsync(int slot);

    protected static string ParentOf(string path) => path.LastIndexOf('/') is var slash and >= 0 ? path[..slash] : string.Empty;

    protected static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    protected static string Below(string directory, string name) => directory.Length == 0 ? name : $"{directory}/{name}";

    protected static byte[] Filled(int count, int fill)
    {
        var bytes = new byte[count];
        bytes.AsSpan().Fill((byte)fill);
        return bytes;
    }

    /// <summary>Bytes in words: how many of which, one run after the other.</summary>
    protected static string Describe(ReadOnlySpan<byte> bytes)
    {
        var runs = new List<string>();
        for (var rest = bytes; !rest.IsEmpty;)
        {
            var end = rest.IndexOfAnyExcept(rest[0]);
            var count = end < 0 ? rest.Length : end;
            runs.Add($"{count}x{rest[0]}");
            rest = rest[count..];
        }

        return $"{bytes.Length}: {string.Join(' ', runs)}";
    }

    // The kernel answers these two itself, each in its own way: nobody moves a directory into or onto one of its own ancestors.
    private static bool MovesIntoItself(RenameStep step)
    {
        var (from, to) = (step.From + "/", step.To + "/");
        return from.Length != to.Length
            && (from.StartsWith(to, StringComparison.Ordinal) || to.StartsWith(from, StringComparison.Ordinal));
    }

    private async Task<string> CarryOutAsync(RenameStep step) =>
        await IsByHandAsync(step.From, step.To) || (step.Mode == RenameMode.Exchange && await IsByHandAsync(step.To, step.From))
            ? "by hand"
            : await RenameAsync(step);

    // Whoever still writes keeps a file from being sent.
    private async Task<string> SettledAsync()
    {
        foreach (var slot in OpenModes.Where(open => open.Value.HasFlag(OpenMode.Write)).Select(open => open.Key).ToList())
            await CloseAsync(slot);
        return await SettleAsync() ?? "settled";
    }

    private async Task<string> ForgottenAsync()
    {
        await ForgetAsync();
        return "forgotten";
    }

    private async Task<string> RemountedAsync(RemountStep step)
    {
        foreach (var slot in OpenModes.Keys.ToList())
            await CloseAsync(slot);
        await RemountAsync(step.EmptyCache);
        return "mounted";
    }

    private async Task AddTreeAsync(string directory, List<string> lines)
    {
        foreach (var name in (await NamesAsync(directory)).Order(StringComparer.Ordinal))
        {
            var path = Below(directory, name);
            if (await FindAsync(path) is not { } found)
                lines.Add($"{path} is listed and not there");
            else if (found.Type == NodeType.Directory)
            {
                lines.Add($"{path} is a directory");
                await AddTreeAsync(path, lines);
            }
            else
                lines.Add($"{path} = {await TextAsync(path, found)}");
        }
    }
}
