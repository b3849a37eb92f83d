using System.Text.Json;
using SynapseFs.Cli.Mounting;
using SynapseFs.Cli.Options;
using SynapseFs.Core;
using SynapseFs.Store;

namespace SynapseFs.Cli.Unsent;

/// <summary>
/// What a cache directory holds that Synapse does not have yet, in unsent.json beside its databases: so that it can be told when no
/// mount runs. The truth is the journal in the databases; this is for people, and where a mount was killed the journal itself is counted.
/// </summary>
internal sealed record UnsentNote
{
    private const string FileName = "unsent.json";

    /// <summary>Waiting and blocked ones.</summary>
    public required int Changes { get; init; }

    public required int Blocked { get; init; }

    /// <summary>Still to be sent.</summary>
    public required long Bytes { get; init; }

    public required DateTimeOffset When { get; init; }

    /// <summary>Whether a mount has been working on it since: then its numbers are old.</summary>
    public bool IsRunning { get; init; }

    /// <summary>The mounted entity's name with its id.</summary>
    public required string Title { get; init; }

    public required string CacheDirectory { get; init; }

    /// <summary>The line that mounts it again.</summary>
    public required string MountCommand { get; init; }

    /// <summary>For a person: "12 changes (3.4 MiB, 2 blocked)".</summary>
    public static string Describe(int changes, int blocked, long bytes)
    {
        List<string> more = [];
        if (bytes > 0)
            more.Add(ByteSizeText.Format(bytes));
        if (blocked > 0)
            more.Add($"{blocked} blocked");
        return (changes == 1 ? "1 change" : $"{changes} changes") + (more.Count > 0 ? $" ({string.Join(", ", more)})" : "");
    }

    public static string Describe(PendingSummary pending) => Describe(pending.Waiting + pending.Blocked, pending.Blocked, pending.Bytes);

    public static UnsentNote Of(
        PendingSummary pending, string title, string cacheDirectory, MountRequest request, DateTimeOffset when) => new()
        {
            Changes = pending.Waiting + pending.Blocked,
            Blocked = pending.Blocked,
            Bytes = pending.Bytes,
            When = when,
            Title = title,
            CacheDirectory = cacheDirectory,
            // What would keep them from being sent is left out.
            MountCommand = (request with { Offline = false, ReadOnly = false, Verbose = false, LogFile = null }).ToCommandLine(),
        };

    /// <summary>What waits in a directory that no mount works on; null: nothing, as far as is known.</summary>
    public static UnsentNote? Read(string directory)
    {
        if (ReadFile(directory) is not { } note)
            return null;
        // Its mount was killed.
        if (note.IsRunning && UnsentCount.Read(directory) is { } count)
            note = note with { Changes = count.Changes, Blocked = 0, Bytes = count.Bytes, IsRunning = false };
        return note.Changes > 0 ? note : null;
    }

    private static UnsentNote? ReadFile(string directory)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(Path.Combine(directory, FileName)), CliJson.Readable.UnsentNote);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    public static void Remove(string directory) => File.Delete(Path.Combine(directory, FileName));

    public void Write() =>
        PrivateFile.Write(Path.Combine(CacheDirectory, FileName), JsonSerializer.Serialize(this, CliJson.Readable.UnsentNote));

    /// <summary>The sentence for a person when no mount works on it.</summary>
    public string ToSentence() =>
        $"{Describe(Changes, Blocked, Bytes)} of {Title} {(Changes == 1 ? "is" : "are")} kept in {CacheDirectory} and " +
        $"{(Changes == 1 ? "waits" : "wait")} for the next mount: {MountCommand}";
}
