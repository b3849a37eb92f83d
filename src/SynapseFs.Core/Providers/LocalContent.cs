using SynapseFs.Core.Sending;
using SynapseFs.Store;

namespace SynapseFs.Core.Providers;

/// <summary>Bytes to be sent: a local file that nobody writes to while it is on its way.</summary>
public sealed record LocalContent
{
    public required string Path { get; init; }

    /// <summary>Bytes; never 0.</summary>
    public required long Length { get; init; }

    /// <summary>MD5 in 32 lower-case hex digits.</summary>
    public required string Md5 { get; init; }

    /// <summary>Remote things known to hold exactly these bytes: one of them may be copied there instead of sending. Best first.</summary>
    public IReadOnlyList<KnownCopy> Copies { get; init; } = [];

    /// <summary>What was remembered of how it came about, in the words of <see cref="ContentWitness"/>; null: nothing.</summary>
    public string? Note { get; init; }

    /// <summary>Told why the remote side takes the content without <see cref="Note"/>, in words for a person.</summary>
    public Action<string> NoteRefused { get; init; } = static _ => { };

    /// <summary>The id under which these bytes may already be remote, from an attempt whose answer did not come; null: none.</summary>
    public string? SentContent { get; init; }

    /// <summary>Awaited before <see cref="Path"/> is read: until then the file may lack bytes that the copies have.</summary>
    public Func<CancellationToken, Task>? Completing { get; init; }

    /// <summary>Awaited with the content's remote id after the bytes are there and before anything refers to them.</summary>
    public required Func<string, CancellationToken, Task> Sending { get; init; }

    /// <summary>Told bytes stored so far.</summary>
    public IProgress<long>? Progress { get; init; }
}

/// <summary>A remote node whose content has certain bytes.</summary>
public sealed record KnownCopy(string RemoteId, ContentKey Content);
