using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;

namespace SynapseFs.Entities.Sending;

/// <summary>
/// One content through all tries of one change: sent at most once, and announced to its owner before anything refers to it. A file
/// handle from an earlier attempt is used without looking; only when the service does not want it are the bytes sent again.
/// </summary>
internal sealed class FileOnItsWay(LocalContent content, ContentSender sender)
{
    private FileHandle? _handle;
    private bool _isEarlierRefused;

    public LocalContent Content => content;

    /// <summary>The file handle that holds the bytes; null before <see cref="GetAsync"/>.</summary>
    public FileHandle? Handle => _handle;

    /// <summary>Whether a file handle that an entity has is this content's, from this attempt or an earlier one.</summary>
    public bool IsOurs(string? fileHandleId) =>
        fileHandleId is not null && (fileHandleId == content.SentContent || fileHandleId == _handle?.Id);

    /// <param name="name">The entity's name, which becomes the file's.</param>
    /// <param name="parentId">The project or folder whose storage it goes to; null: to Synapse's own.</param>
    public async Task<FileHandle> GetAsync(string name, string? parentId, Urgency urgency, CancellationToken cancellationToken)
    {
        if (_handle is not null)
            return _handle;
        var handle = content.SentContent is { } earlier && !_isEarlierRefused
            ? ContentSender.HandleOf(content, name, earlier)
            : await sender.SendAsync(content, name, parentId, urgency, cancellationToken);
        await content.Sending(handle.Id!, cancellationToken);
        return _handle = handle;
    }

    /// <summary>True: the earlier attempt's file handle is no longer good; <see cref="GetAsync"/> sends the bytes again.</summary>
    public bool TryForgetEarlier(SynapseException refused)
    {
        if (_isEarlierRefused || _handle is null || _handle.Id != content.SentContent || !IsAboutFileHandles(refused))
            return false;
        (_handle, _isEarlierRefused) = (null, true);
        return true;
    }

    /// <summary>Whether the service refuses a file handle rather than what it was to belong to.</summary>
    public static bool IsAboutFileHandles(SynapseException refused) =>
        refused.Failure is SynapseFailure.NotFound or SynapseFailure.Forbidden
        && refused.Reason.Replace(" ", "", StringComparison.Ordinal).Contains("filehandle", StringComparison.OrdinalIgnoreCase);
}
