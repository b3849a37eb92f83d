using SynapseFs.Api;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.Files;

namespace SynapseFs.Server.World.Previews;

/// <summary>Handles that a preview is to be made of: kept in the database, so that none is lost with the process.</summary>
internal sealed class PreviewQueue(Database database, bool makesPreviews)
{
    /// <summary>Called when there is something to do.</summary>
    public Action Wanted { get; set; } = () => { };

    /// <summary>Has a preview made of a new handle, if there is one for its type; within a transaction.</summary>
    public void Want(FileHandleRow handle)
    {
        var document = handle.Document;
        var isWanted = makesPreviews && handle.ObjectKey is not null
            && document is { PreviewId: null, ContentSize: > 0 } and not { IsPreview: true }
            && PreviewRules.IsMadeFor(document.ContentType, document.FileName);
        if (isWanted)
        {
            database.Execute("INSERT OR IGNORE INTO preview_queue (file_handle_id) VALUES (@0)", handle.Id);
            database.AfterCommit(() => Wanted());
        }
    }

    public long? Next => database.Number("SELECT min(file_handle_id) FROM preview_queue");

    public void Done(long fileHandleId) => database.Execute("DELETE FROM preview_queue WHERE file_handle_id = @0", fileHandleId);
}
