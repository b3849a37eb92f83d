using SynapseFs.Core.Providers;
using SynapseFs.Core.Writing;

namespace SynapseFs.Core;

/// <summary>How one mount behaves. Lengths are bytes.</summary>
public sealed record MountOptions
{
    /// <summary>How long what was learnt of a directory is believed without asking: remote changes show within this time.</summary>
    public TimeSpan MetadataTtl { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Never ask the remote service: what is known is served, everything else is Offline.</summary>
    public bool Offline { get; init; }

    /// <summary>Refuse every change with ReadOnly.</summary>
    public bool ReadOnly { get; init; } = true;

    /// <summary>fsync returns when the remote side has it, not already when the local disk has.</summary>
    public bool SyncsRemotely { get; init; }

    /// <summary>Names that stay on this machine, as patterns with * and ?; see <see cref="Writing.LocalNames.Defaults"/>.</summary>
    public IReadOnlyList<string> LocalNames { get; init; } = Writing.LocalNames.Defaults;

    /// <summary>How long a change rests before it is sent, so that a program's rewriting and renaming becomes one change.</summary>
    public TimeSpan SettleTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long whoever sets an extended attribute waits to hear what the remote side says to it.</summary>
    public TimeSpan XattrPatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Changes being sent at one time.</summary>
    public int SendsAtOnce { get; init; } = 6;

    /// <summary>Where the mount is, so that absolute links into it are understood; null: only relative ones are.</summary>
    public string? Mountpoint { get; init; }

    /// <summary>Who writes, for the name of the second file after a conflict.</summary>
    public string AccountName { get; init; } = "me";

    /// <summary>Told as the journal passes each point, on the thread that passes it; for tests that end the process there.</summary>
    public Action<JournalPoint>? Passing { get; init; }

    /// <summary>What was already learnt about the root, which spares a call; null: its times are those of the cache.</summary>
    public RemoteDetails? RootDetails { get; init; }

    /// <summary>Contents up to this length are fetched whole and verified before their first byte is served.</summary>
    public long WholeFetchLimit { get; init; } = 16L << 20;

    /// <summary>
    /// Whether the read that completes a longer content waits for its MD5. Otherwise the sum is taken when all of it is here, and who has been
    /// given wrong bytes is told then; a content that came wrong is waited for all the same until it was right.
    /// </summary>
    public bool VerifiesBeforeEnd { get; init; } = true;

    /// <summary>The most that is fetched ahead of a sequential reader.</summary>
    public long LargestReadAhead { get; init; } = 128L << 20;

    /// <summary>
    /// Ranged downloads at one time, over all files. Each holds one block in memory, so this is the memory budget of read-ahead.
    /// </summary>
    public int FetchesAtOnce { get; init; } = 48;

    /// <summary>So many names are looked up one by one in a directory never listed; the next one lists it.</summary>
    public int LookupsBeforeListing { get; init; } = 8;

    /// <summary>So many siblings are described ahead of a program that asks for details one after another; 0: none.</summary>
    public int SiblingsAhead { get; init; } = 32;

    /// <summary>The most calls a minute that the revalidator's own round may cost.</summary>
    public int RoundCallsPerMinute { get; init; } = 6;
}
